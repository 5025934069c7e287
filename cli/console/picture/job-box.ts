import { readContainerProperties } from '../../../modules/compute/container-properties';
import { retryPlanOf } from '../../../modules/orchestration/retry-plan';
import { counted } from '../../../modules/problems/phrases';
import type { ResolvedBatchJobProps } from '../../../modules/stack-config/batch-job';
import type { ResourceOf } from '../../../modules/stack-config/resources';
import { transitionsText } from '../../cost/run-transitions';
import { placeKeeperMonth } from '../../cost/standing-costs';
import { retryPolicy } from '../../local/retry-policy';
import { limitsText } from '../../model/limits-text';
import { monthlyText } from '../../model/price-text';
import type { JobPicture, PictureItem } from '../../model/stack';
import { capacityItem, hourCost, type PoolAddresses } from './capacity';
import { companionItem } from './companion-box';
import { connectedItems } from './connected-boxes';
import type { Cost } from './costs';
import { eventItem } from './event-box';
import type { Painter } from './painter';
import { secondsText, settingsOf } from './settings';
import type { SynthesizedResource } from './stack-resources';

/** Where the parts of a job are in the document. */
export interface JobPaths {
  /** Paths of the constructs of its events, in the order of the config. */
  readonly triggers: readonly string[];
  readonly pools: readonly PoolAddresses[];
}

/** A job with its sources, its instances and what it uses. */
export function jobPicture(
  name: string,
  { properties: props, overrides = {} }: ResourceOf<'batch-job'>,
  places: JobPaths,
  painter: Painter,
): JobPicture {
  const startedBy = props.events.map((event, index) =>
    eventItem({ owner: name, event, index, path: places.triggers[index], batch: 'run' }, painter),
  );
  const triggers = places.triggers.flatMap((path) => painter.resources.under(path));
  const made = painter.resources.under(name).filter((item) => !triggers.includes(item));
  const writesStrings = made.some(({ type }) => type === 'aws_lambda_invocation');
  const lines = [
    sizeLine(made, props, painter),
    attemptsLine(props),
    ...(props.limits ? [limitsText(props.limits)] : []),
  ];
  const { events: _events, connectTo, iamRoleStatements: _own, executionRoleStatements: _added, ...settings } = props;
  return {
    item: painter.item({
      id: name,
      kind: 'job',
      title: name,
      detail: [{ text: lines.join(', ') }],
      settings: settingsOf({ ...settings, overrides }, painter.readable),
      costs: [
        idleCost(props),
        hourCost(props, painter),
        { withoutPrice: transitionsText({ ...props, writesStrings }) },
      ],
      made,
    }),
    name,
    lines,
    policy: retryPolicy(props),
    startedBy,
    runsOn: places.pools.map((pool) => capacityItem(name, props, pool, painter)),
    uses: [
      ...connectedItems({ owner: name, connectTo, policies: made.filter(isContainers) }, painter),
      ...mountedItems(name, props, painter),
    ],
  };
}

function idleCost({ limits }: ResolvedBatchJobProps): Cost {
  if (limits === undefined) return { withoutPrice: 'Costs nothing while no job runs, except for stored logs.' };
  return `Costs ${monthlyText(placeKeeperMonth())} per month while no job runs, for the place keeper of its limits, and for stored logs.`;
}

/** Whether it is of the role of the job's containers. */
function isContainers({ path }: SynthesizedResource): boolean {
  return path.includes('/JobRole/');
}

/** The file systems that the job mounts. */
function mountedItems(job: string, { volumes = [] }: ResolvedBatchJobProps, painter: Painter): PictureItem[] {
  const mounted = new Map<string, boolean>();
  for (const { type, properties } of volumes) {
    if (type !== 'efs') continue;
    const { efsFilesystemName: name, readOnly } = properties;
    mounted.set(name, (mounted.get(name) ?? true) && readOnly);
  }
  return [...mounted].flatMap(([name, readOnly]) => {
    const resource = painter.config.resources[name];
    if (resource === undefined || resource.type === 'batch-job') return [];
    painter.shown.add(name);
    return [companionItem(`${job}/uses/${name}`, name, resource, painter, readOnly ? 'read' : 'read and write')];
  });
}

/** `2 vCPU, 1800 MiB, 1 GPU`: from the job definition, where `overrides` can have changed it. */
function sizeLine(
  made: readonly SynthesizedResource[],
  { resources }: ResolvedBatchJobProps,
  { readable }: Painter,
): string {
  const definition = made.find(({ type }) => type === 'aws_batch_job_definition')?.block;
  const required = requirements(definition?.container_properties);
  const { cpu, memory, gpu, architecture } = resources;
  const given = (type: string, value: number | undefined) => {
    const text = required.get(type);
    return text === undefined ? value && readable.value(value) : readable.text(text);
  };
  const gpus = given('GPU', gpu);
  return [
    `${given('VCPU', cpu)} vCPU`,
    `${given('MEMORY', memory)} MiB`,
    ...(gpus === undefined ? [] : [`${gpus} GPU`]),
    ...(architecture === 'arm64' ? ['arm64'] : []),
  ].join(', ');
}

function requirements(properties: unknown): Map<string, string> {
  const { resourceRequirements = [] } = readContainerProperties(properties) ?? {};
  return new Map(resourceRequirements.map(({ type, value }) => [type, String(value)]));
}

/** `3 attempts, 20 min timeout, 1 free restart` */
function attemptsLine(job: ResolvedBatchJobProps): string {
  const { forEach, retryConfig, timeout, useSpotInstances } = job;
  const limit = timeout === undefined ? 'no timeout' : `${secondsText(timeout)} timeout`;
  const { memoryLevels: levels } = retryPlanOf(job);
  const { freeRestarts } = retryConfig.spotInterruption;
  return [
    `${counted(retryConfig.attempts, 'attempt')}${forEach === undefined ? '' : ' for each item'}`,
    limit,
    ...(useSpotInstances && freeRestarts > 0 ? [counted(freeRestarts, 'free restart')] : []),
    ...(levels === undefined ? [] : [`up to ${levels.at(-1)} MiB after running out of memory`]),
  ].join(', ');
}
