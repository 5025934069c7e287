import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BatchJobsConfig } from '../../../modules/stack-config/config';
import { synthesize } from '../synthesize';
import type { placeStateMachine } from './moto';
import { type AppliedStack, workspace } from './terraform';

/** What AWS would get of a job. */
export interface DeployedJob {
  readonly definition: string;
  readonly containerProperties: Parameters<typeof placeStateMachine>[2];
  readonly retryStrategy: Parameters<typeof placeStateMachine>[4];
  /** Of the trigger function. */
  readonly variables: { readonly [name: string]: string };
  /** Of the items function. Empty for a job without items. */
  readonly itemsVariables: { readonly [name: string]: string };
  /** Of the function that writes connection strings. Empty for a job without one. */
  readonly stringsVariables: { readonly [name: string]: string };
}

export interface DeployedDocuments {
  readonly jobs: { readonly [name: string]: DeployedJob };
  /** Of the trigger function. */
  readonly bundle: string;
}

/** The documents of some jobs as AWS would get them, and the trigger function's bundle next to them. */
export async function deployedDocuments(config: BatchJobsConfig, names: readonly string[]): Promise<DeployedDocuments> {
  const synthesized = synthesize(config);
  const copy = workspace(synthesized.dir);
  try {
    const applied = await copy.mockApply();
    const { data } = synthesized.document as unknown as {
      data: { archive_file: { [name: string]: { source_file: string; output_path: string } } };
    };
    const trigger = Object.values(data.archive_file).find(({ output_path }) => output_path.endsWith('trigger.zip'));
    return {
      jobs: Object.fromEntries(names.map((name) => [name, deployedJob(applied, name)])),
      bundle: readFileSync(join(synthesized.dir, trigger?.source_file ?? ''), 'utf8'),
    };
  } finally {
    copy.dispose();
    synthesized.dispose();
  }
}

function deployedJob({ resources }: AppliedStack, name: string): DeployedJob {
  const all = (type: string, part: string) =>
    [...resources.values()].filter((resource) => resource.type === type && resource.name.startsWith(`${name}_${part}`));
  const of = (type: string, part = '') => {
    const [first, ...others] = all(type, part);
    if (first === undefined || others.length > 0) throw new Error(`${others.length} more of ${type} for ${name}`);
    return first.values;
  };
  const definition = of('aws_batch_job_definition');
  const [strategy] = (definition.retry_strategy ?? []) as {
    attempts: number;
    evaluate_on_exit: { action: string; on_status_reason: string; on_reason: string; on_exit_code: string }[];
  }[];
  const variables = (part: string) => {
    const [resource] = all('aws_lambda_function', part);
    const [environment] = (resource?.values.environment ?? []) as { variables: { [name: string]: string } }[];
    return environment?.variables ?? {};
  };
  return {
    definition: String(of('aws_sfn_state_machine').definition),
    containerProperties: JSON.parse(String(definition.container_properties)),
    retryStrategy: strategy && {
      attempts: strategy.attempts,
      evaluateOnExit: strategy.evaluate_on_exit.map((rule) => ({
        action: rule.action as 'RETRY' | 'EXIT',
        onStatusReason: rule.on_status_reason || undefined,
        onReason: rule.on_reason || undefined,
        onExitCode: rule.on_exit_code || undefined,
      })),
    },
    variables: variables('Trigger'),
    itemsVariables: variables('Items'),
    stringsVariables: variables('ConnectionStrings'),
  };
}
