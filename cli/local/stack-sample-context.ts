import { parseResourceParam } from '../../modules/config/directive';
import { nameStart } from '../../modules/rules/naming';
import type { BatchJobsStack } from '../../modules/stack';
import type { ResolvedConfig } from '../../modules/stack-config/config';
import type { Reference, SampleContext, TableKey } from '../../triggers/sample-context';
import type { Fill } from './fill';
import type { AwsEnvironment } from './placeholders';

/** Values that differ between runs. */
export interface SampleTime {
  readonly now: () => Date;
  readonly uuid: () => string;
}

/** Values from a job's stack for sample events. */
export function stackSampleContext(
  stack: BatchJobsStack,
  config: ResolvedConfig,
  jobName: string,
  { region, account }: AwsEnvironment,
  { now, uuid }: SampleTime,
  fill: Fill,
): SampleContext {
  const { resources } = config;
  const stackName = nameStart(config);
  const guesses: string[] = [];
  const named = (name: string): string => {
    const { params = {} } = (stack.node.tryFindChild(name) ?? {}) as { params?: { [param: string]: string } };
    const known = params.name === undefined ? undefined : fill(params.name);
    if (known !== undefined && !known.includes('<')) return known;
    guesses.push(name);
    return `${stackName}-${name}`.toLowerCase();
  };
  const resourceOf = (given: Reference): string | undefined =>
    'name' in given ? given.name : parseResourceParam(given.arn)?.resource;
  return {
    stackName,
    jobName,
    region,
    account,
    guesses,
    now: now(),
    uuid,
    physicalName: (given) => {
      const resource = resourceOf(given);
      if (resource !== undefined) return named(resource);
      const arn = 'arn' in given ? given.arn : '';
      const table = /:table\/([^/]+)/.exec(arn)?.[1];
      return table ?? (arn.startsWith('arn:') ? arn.split(/[:/]/).at(-1) : undefined) ?? `${stackName}-sample`;
    },
    payloadFormat: (gateway) => {
      const found = resources[gateway];
      return found?.type === 'http-api-gateway' ? (found.properties?.payloadFormat ?? '1.0') : '1.0';
    },
    tableKeys: (given): readonly TableKey[] => {
      const table = resources[resourceOf(given) ?? ''];
      if (table?.type !== 'dynamo-db-table' || table.properties === undefined) return [{ name: 'id', type: 'string' }];
      const { partitionKey, sortKey } = table.properties.primaryKey;
      return [partitionKey, ...(sortKey === undefined ? [] : [sortKey])];
    },
  };
}
