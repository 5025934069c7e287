import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TerraformResource } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { Capacity } from '../../modules/compute/capacity';
import { keptInstances } from '../../modules/compute/kept-price';
import { smallestLanding } from '../../modules/compute/landing';
import { DEFAULT_CONFIG_FILES } from '../../modules/config/default-config-file';
import { contextNotes } from '../../modules/container/build-plan';
import type { ItemsFunction } from '../../modules/orchestration/items-function';
import { retryPlanOf } from '../../modules/orchestration/retry-plan';
import { counted } from '../../modules/problems/phrases';
import { adviceOn } from '../../modules/resources/registry';
import { fitAdvice } from '../../modules/rules/instance-advice';
import type { BatchJobsStack } from '../../modules/stack';
import type { ResolvedBatchJobProps } from '../../modules/stack-config/batch-job';
import type { ResolvedConfig } from '../../modules/stack-config/config';
import { regionHints } from '../../modules/stack-config/region-hints';
import type { JobEvent } from '../../triggers/events';
import { sourceOf } from '../../triggers/registry';
import { colors } from '../command/colors';
import { nextCommand } from '../command/next-command';
import { hintText, type Terminal } from '../command/terminal-lines';
import { type Row, twoColumns, widthOf } from '../command/two-columns';
import { keptText } from '../cost/kept-text';
import { stackCheck } from '../cost/stack-check';
import type { CostDocument } from '../cost/standing-costs';
import { bandsText } from '../model/bands';
import { limitsText } from '../model/limits-text';
import { dollarsText, foreignText, monthlyText } from '../model/price-text';
import type { StackCheck } from '../model/stack-check';
import { endpointHints } from './endpoint-hints';
import { startLines } from './start-lines';

/** The config and the output, relative to the current folder, and the width of the text. */
export interface SummaryOptions {
  readonly configFile: string;
  readonly outdir: string;
  /** @default 80 */
  readonly width?: number;
  /** The current time. The next times of schedules are later. @default they are not shown */
  readonly now?: Date;
  /** The stack's Terraform JSON. @default what the stack costs is not shown */
  readonly document?: CostDocument;
  /** Where it is printed: hints are wrapped at its width. @default they are not wrapped */
  readonly terminal?: Terminal;
  /** Hints about the config file itself. @default none */
  readonly hints?: readonly Hint[];
}

/** A setting that works, but might not be intended. */
interface Hint {
  readonly property: string;
  readonly message: string;
}

/**
 * Prints what was synthesized, the path of the output, and the next commands.
 *
 * @param brief prints only one line, and the hints
 */
export function printSummary(
  config: ResolvedConfig,
  stack: BatchJobsStack,
  places: SummaryOptions,
  brief = false,
): void {
  const terminal = process.stdout;
  const width = widthOf(terminal);
  const text = brief
    ? [headline(config, stack, places), ...hints(config, stack, terminal, places.hints)].join('\n')
    : summary(config, stack, { width, now: new Date(), document: documentIn(config, places), terminal, ...places });
  console.log(text);
}

/** The text that {@link printSummary} prints. */
export function summary(config: ResolvedConfig, stack: BatchJobsStack, places: SummaryOptions): string {
  const { configFile, outdir, width = 80, now, document, terminal = {} } = places;
  return [
    headline(config, stack, places),
    '',
    ...startedLines(config, stack, width, now),
    ...hints(config, stack, terminal, places.hints).flatMap((hint) => [hint, '']),
    ...(document === undefined || now === undefined
      ? []
      : costLines(stackCheck(stack, config, document, { now }), width)),
    `Wrote ${outdir}/stacks/${config.stackName}/cdk.tf.json`,
    '',
    ...nextLines([...stack.jobs.keys()][0], configFile, width),
  ].join('\n');
}

function headline(config: ResolvedConfig, stack: BatchJobsStack, { configFile }: SummaryOptions): string {
  const from = DEFAULT_CONFIG_FILES.includes(configFile) ? '' : ` from ${configFile}`;
  const bands = bandsText({ jobs: [...stack.jobs.keys()], functions: [...functionEvents(config)] });
  const counts = `${bands}, ${counted(resourcesOf(stack).length, 'Terraform resource')}`;
  return `Stack ${colors.bold(config.stackName)}${from}: ${counts}`;
}

/** The Terraform JSON that was just written: that of the stack with all that a program has added to it. */
function documentIn({ stackName }: ResolvedConfig, { outdir }: SummaryOptions): CostDocument | undefined {
  const file = join(outdir, 'stacks', stackName, 'cdk.tf.json');
  // CDKTF can write HCL instead.
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** What the stack costs, in a line. */
function costLines({ idle, atMost, prices, region, jobs }: StackCheck, width: number): string[] {
  if (jobs.length === 0 && idle.costs.length === 0) return [];
  const { monthly, known } = idle;
  const least = monthly === undefined ? `more than ${monthlyText(known)}` : monthlyText(monthly);
  const most = atMost === undefined ? '' : `, at most ${dollarsText(atMost)} per hour on demand`;
  const foreign = foreignText(prices, region);
  const text = `${least} per month while nothing runs${most}${foreign === undefined ? '' : ` (${foreign})`}`;
  return [...twoColumns([['Costs', text]], width, 0), ''];
}

/**
 * A block for each job: its size, what starts it and when, its attempts and limits. And one for each function with events: what invokes it
 * and when.
 */
function startedLines(config: ResolvedConfig, stack: BatchJobsStack, width: number, now: Date | undefined): string[] {
  const jobs = [...jobsOf(config)].filter(([name]) => stack.jobs.has(name));
  const functions = [...functionEvents(config)].filter(([, events]) => events.length > 0);
  const blocks: Row[] = [
    ...jobs.map(
      ([name, job]): Row => [colors.bold(name), runsOn(job, config), ...startLines(job.events, now), retries(job)],
    ),
    ...functions.map(([name, events]): Row => [colors.bold(name), 'function', ...startLines(events, now)]),
  ];
  return blocks.length === 0 ? [] : [...twoColumns(blocks, width), ''];
}

type Command = [command: string, purpose: string];

/** @param job one to run. Undefined: the stack has none */
function nextLines(job: string | undefined, configFile: string, width: number): string[] {
  const config = DEFAULT_CONFIG_FILES.includes(configFile) ? [] : ['--config', configFile];
  const local = (name: string): Command => [
    nextCommand('local', [name, ...config]),
    'run it on this machine, without AWS',
  ];
  const commands: Command[] = [
    ...(job === undefined ? [] : [local(job)]),
    [nextCommand('check', config), job === undefined ? 'see what it costs' : 'see its instances and prices'],
    [nextCommand('diff', config), 'see what a deployment would change'],
    [nextCommand('deploy', config), 'deploy it to AWS, with Terraform'],
  ];
  return twoColumns(
    commands.map(([command, purpose]) => [colors.bold(command), purpose]),
    width,
    6,
  ).map((line, index) => (index === 0 ? `Next  ${line.slice(6)}` : line));
}

function retries(job: ResolvedBatchJobProps): string {
  const { forEach, retryConfig, timeout, limits } = job;
  const { memoryLevels: levels } = retryPlanOf(job);
  return [
    `${counted(retryConfig.attempts, 'attempt')}${forEach === undefined ? '' : ' for each item'}`,
    ...(timeout === undefined ? [] : [`${duration(timeout)} timeout`]),
    ...(levels === undefined ? [] : [`up to ${levels.at(-1)} MiB after running out of memory`]),
    ...(limits === undefined ? [] : [limitsText(limits)]),
  ].join(', ');
}

function duration(seconds: number): string {
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

function runsOn({ useSpotInstances, resources }: ResolvedBatchJobProps, { compute, region }: ResolvedConfig): string {
  const { cpu, memory, gpu } = resources;
  const size = [`${cpu} vCPU`, `${memory} MiB`, ...(gpu === undefined ? [] : [`${gpu} GPU`])].join(', ');
  const smallest = smallestLanding({ ...resources, maxVcpus: compute.maxVcpus, region });
  return `${size}, ${useSpotInstances ? 'Spot' : 'on-demand'}${smallest === undefined ? '' : ` (${smallest.name} or larger)`}`;
}

/** Hints about settings that work, but might not be intended. */
function hints(
  config: ResolvedConfig,
  stack: BatchJobsStack,
  terminal: Terminal,
  known: readonly Hint[] = [],
): string[] {
  const { buildContexts, jobs, platform } = stack;
  const own = [...jobsOf(config)].flatMap(([name, properties]) => {
    const base = `resources.${name}.properties`;
    const fit = fitAdvice({ ...properties.resources, maxVcpus: config.compute.maxVcpus, region: config.region });
    return [
      ...fit.map(({ property, message }) => ({ property: `${base}.resources.${property}`, message })),
      ...manifestHints(properties, jobs.get(name)?.items).map((hint) => ({
        ...hint,
        property: `${base}.${hint.property}`,
      })),
      ...eventHints(name, properties.events),
    ];
  });
  const invoked = [...functionEvents(config)].flatMap(([name, events]) => eventHints(name, events));
  const companions = Object.entries(config.resources).flatMap(([name, item]) => {
    const advice = item.type === 'batch-job' ? undefined : adviceOn(item);
    return advice === undefined ? [] : [{ ...advice, property: `resources.${name}.properties.${advice.property}` }];
  });
  const notes = contextNotes(buildContexts, (job) => ['resources', job, 'properties']);
  const said = [
    ...known,
    ...regionHints(config),
    ...own,
    ...invoked,
    ...companions,
    ...notes,
    ...bundleHints(config, stack),
    ...endpointHints(config, stack),
  ].map(({ property, message }) => `${property}: ${message}`);
  return [...said, ...keptHints(config, platform.capacity)].map((hint) => hintText(hint, terminal));
}

/** Loaded only for a stack with functions. */
function bundleHints({ resources }: ResolvedConfig, stack: BatchJobsStack): Hint[] {
  if (Object.values(resources).every(({ type }) => type !== 'function')) return [];
  return (require('./package-hints') as typeof import('./package-hints')).packageHints(stack);
}

function eventHints(name: string, events: readonly JobEvent[]): Hint[] {
  return events.flatMap((event, index) => {
    const advice = sourceOf(event.type).page().advice?.(event.properties);
    if (advice === undefined) return [];
    return [{ ...advice, property: `resources.${name}.properties.events[${index}].properties.${advice.property}` }];
  });
}

/** The events of each function that the stack creates. */
function* functionEvents({
  resources,
}: ResolvedConfig): Iterable<readonly [name: string, events: readonly JobEvent[]]> {
  for (const [name, resource] of Object.entries(resources)) {
    if (resource.type === 'function' && resource.properties !== undefined) yield [name, resource.properties.events];
  }
}

/** No error, because a bucket's own policy can let a function read it. */
function manifestHints({ forEach }: ResolvedBatchJobProps, items: ItemsFunction | undefined) {
  const canRead = items?.manifestReads.some(({ Effect }) => Effect !== 'Deny');
  if (forEach?.s3Manifest === undefined || canRead !== false) return [];
  const message =
    "the job may read no object of Amazon S3, so its items are not found. Name the manifest's bucket in connectTo, or allow " +
    's3:GetObject in iamRoleStatements';
  return [{ property: 'forEach.s3Manifest', message }];
}

/** What `compute.minVcpus` costs while nothing runs. */
function keptHints({ compute: { minVcpus }, region }: ResolvedConfig, { kept }: Capacity): string[] {
  if (kept.length === 0) return [];
  const environments =
    kept.length === 1 ? 'the compute environment' : `each of the ${kept.length} compute environments`;
  const prices = kept.map((demand) => keptInstances(demand, minVcpus, region)?.hourly);
  const spot = kept.some(({ spot }) => spot) && !prices.includes(undefined) ? '. Spot costs up to 90% less' : '';
  return [`compute.minVcpus: ${environments} ${keptText(minVcpus, prices)}${spot}`];
}

function jobsOf({ resources }: ResolvedConfig): Map<string, ResolvedBatchJobProps> {
  return new Map(
    Object.entries(resources).flatMap(([name, item]) => (item.type === 'batch-job' ? [[name, item.properties]] : [])),
  );
}

function resourcesOf(scope: IConstruct): TerraformResource[] {
  return scope.node.findAll().filter((node): node is TerraformResource => node instanceof TerraformResource);
}
