import { readContainerProperties } from '../../../modules/compute/container-properties';
import { connectEntry } from '../../../modules/config/connect-to';
import { retryPlanOf } from '../../../modules/orchestration/retry-plan';
import type { ResolvedBatchJobProps } from '../../../modules/stack-config/batch-job';
import type { ResourceOf } from '../../../modules/stack-config/resources';
import { transitionsText } from '../../cost/run-transitions';
import { placeKeeperMonth } from '../../cost/standing-costs';
import { retryPolicy } from '../../local/retry-policy';
import { limitsText } from '../../model/limits-text';
import { monthlyText } from '../../model/price-text';
import type { Fact } from '../../model/run';
import type { JobPicture, PictureItem } from '../../model/stack';
import { capacityItem, hourCost, type PoolAddresses } from './capacity';
import { companionItem, givenTo } from './companion-box';
import { accessOf } from './companion-text';
import type { Cost } from './costs';
import type { Painter } from './painter';
import { statementsOf } from './permissions';
import { reference } from './readable';
import { counted, secondsText, settingsOf } from './settings';
import { sourceBox } from './source-box';
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
  const startedBy = props.events.map((event, index) => sourceItem(name, event, index, places, painter));
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
      ...[...new Set(connectTo.map((used) => connectEntry(used).name))].map((used) =>
        usedItem(name, used, made, painter),
      ),
      ...mountedItems(name, props, painter),
    ],
  };
}

function idleCost({ limits }: ResolvedBatchJobProps): Cost {
  if (limits === undefined) return { withoutPrice: 'Costs nothing while no job runs, except for stored logs.' };
  return `Costs ${monthlyText(placeKeeperMonth())} per month while no job runs, for the place keeper of its limits, and for stored logs.`;
}

function sourceItem(
  job: string,
  event: ResolvedBatchJobProps['events'][number],
  index: number,
  { triggers }: JobPaths,
  painter: Painter,
): PictureItem {
  const path = triggers[index];
  const own = path === undefined ? [] : painter.resources.under(path);
  const { title, detail, companions, schedule, limits, job: other } = sourceBox(event, own, painter);
  const sources = companions.flatMap((name) => painter.resources.under(name));
  for (const name of companions) painter.shown.add(name);
  return painter.item({
    id: `${job}/events/${index}`,
    kind: event.type,
    title,
    detail,
    settings: [
      ...settingsOf(event.properties, painter.readable),
      ...companions.flatMap((name) => companionSettings(name, painter)),
    ],
    ...(schedule !== undefined && { schedule }),
    ...(limits !== undefined && { limits }),
    ...(other !== undefined && { job: other }),
    made: [...own, ...sources],
  });
}

function companionSettings(name: string, { config, names, readable }: Painter): Fact[] {
  const companion = config.resources[name];
  if (companion === undefined || companion.type === 'batch-job') return [];
  const title = names.companion(name);
  return settingsOf(givenTo(companion), readable, `${title.charAt(0).toUpperCase()}${title.slice(1)}`);
}

function usedItem(job: string, used: string, made: readonly SynthesizedResource[], painter: Painter): PictureItem {
  const id = `${job}/uses/${used}`;
  painter.shown.add(used);
  const resource = painter.config.resources[used];
  if (resource === undefined) {
    const detail = [{ text: 'mail' }];
    return painter.item({ id, kind: used, title: used === 'aws:ses' ? 'Amazon SES' : used, detail, made: [] });
  }
  if (resource.type === 'batch-job') {
    return painter.item({ id, kind: 'job', title: used, detail: [{ text: 'job of this stack' }], made: [] });
  }
  return companionItem(id, used, resource, painter, accessOf(actionsOn(used, made, painter)));
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

/** Actions that the job's role allows on the resources of a companion. */
function actionsOn(companion: string, made: readonly SynthesizedResource[], painter: Painter): string[] {
  const addresses = new Set(painter.resources.under(companion).map(({ address }) => address));
  return made
    .filter(({ type, path }) => type.startsWith('aws_iam_') && path.includes('/JobRole/'))
    .flatMap(({ block }) => statementsOf(block.policy) ?? [])
    .filter(({ Effect, Resource }) => {
      const named = [Resource].flat().map((arn) => reference(String(arn))?.address ?? '');
      return Effect !== 'Deny' && named.some((address) => addresses.has(address));
    })
    .flatMap(({ Action }) => [Action].flat().map(String));
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
