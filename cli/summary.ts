import { TerraformResource } from 'cdktf';
import type { IConstruct } from 'constructs';
import pc from 'picocolors';
import { fitAdvice } from '../modules/compute/instance-advice';
import { smallestFit } from '../modules/compute/instance-fit';
import type { ResolvedBatchJobProps } from '../modules/config/batch-job';
import type { ResolvedConfig } from '../modules/config/config';
import { DEFAULT_CONFIG_FILES } from '../modules/config/default-config-file';
import type { JobEvent } from '../modules/config/events';
import { patternAdvice } from '../modules/config/events/event-pattern';
import { regionHints } from '../modules/config/region-hints';
import { contextNotes } from '../modules/container/build-plan';
import type { BatchJobsStack } from '../modules/stack';
import { terminalLines } from './terminal-lines';

/** Where the stack came from and went to, relative to the current folder. */
export interface SummaryPlaces {
  readonly configFile: string;
  readonly outdir: string;
}

/** Tells a person what was synthesized, where it lies, and what to do next. */
export function printSummary(config: ResolvedConfig, stack: BatchJobsStack, places: SummaryPlaces): void {
  console.log(terminalLines(summary(config, stack, places), process.stdout));
}

/** The text that {@link printSummary} prints. */
export function summary(config: ResolvedConfig, stack: BatchJobsStack, { configFile, outdir }: SummaryPlaces): string {
  const rows = [...stack.jobs].map(([name, job]) => {
    const properties = jobsOf(config).get(name) as ResolvedBatchJobProps;
    const { attempts } = properties.retryConfig;
    return [
      name,
      runsOn(properties, config),
      `${attempts}`,
      startedBy(properties.events),
      `${resourcesOf(job).length}`,
    ];
  });
  const npm = DEFAULT_CONFIG_FILES.includes(configFile) ? 'npm run' : `BATCH_JOBS_CONFIG=${configFile} npm run`;
  const total = resourcesOf(stack).length;
  const shared = total - rows.reduce((sum, row) => sum + Number(row.at(-1)), 0);
  return [
    `Stack ${pc.bold(config.stackName)} from ${configFile}: ${count(rows.length, 'job')}, ${count(total, 'resource')}`,
    '',
    table([['JOB', 'RUNS ON', 'ATTEMPTS', 'STARTED BY', 'RESOURCES'], ...rows, ['(shared)', '', '', '', `${shared}`]]),
    '',
    ...hints(config, stack).flatMap((hint) => [hint, '']),
    `Terraform JSON: ${outdir}/stacks/${config.stackName}/cdk.tf.json`,
    `Next: ${pc.bold(`${npm} local -- ${rows[0]?.[0] ?? '<job>'}`)} runs a job on this machine, without AWS.`,
    `Then: ${pc.bold(`${npm} diff`)} shows what a deployment would change, ${pc.bold(`${npm} deploy`)} makes it; both need Terraform and AWS credentials.`,
  ].join('\n');
}

function runsOn({ useSpotInstances, resources }: ResolvedBatchJobProps, { compute, region }: ResolvedConfig): string {
  const { cpu, memory, gpu } = resources;
  const size = [`${cpu} vCPU`, `${memory} MiB`, ...(gpu === undefined ? [] : [`${gpu} GPU`])].join(', ');
  const smallest = smallestFit({ ...resources, maxVcpus: compute.maxVcpus, region });
  return `${size} (${useSpotInstances ? 'Spot' : 'on-demand'}${smallest === undefined ? '' : `, ${smallest.name} or more`})`;
}

/** What works, but may not be what its author meant. */
function hints(config: ResolvedConfig, { buildContexts }: BatchJobsStack): string[] {
  const own = [...jobsOf(config)].flatMap(([name, properties]) => {
    const base = `resources.${name}.properties`;
    const fit = fitAdvice({ ...properties.resources, maxVcpus: config.compute.maxVcpus, region: config.region });
    return [
      ...fit.map(({ property, message }) => ({ property: `${base}.resources.${property}`, message })),
      ...properties.events.flatMap((event, index) => {
        const message = event.type === 'event-bus' ? patternAdvice(event.properties.eventPattern) : undefined;
        return message === undefined ? [] : [{ property: `${base}.events[${index}].properties.eventPattern`, message }];
      }),
    ];
  });
  const notes = contextNotes(buildContexts, (job) => ['resources', job, 'properties']);
  return [...regionHints(config), ...own, ...notes].map(({ property, message }) => `Hint: ${property}: ${message}`);
}

function jobsOf({ resources }: ResolvedConfig): Map<string, ResolvedBatchJobProps> {
  return new Map(
    Object.entries(resources).flatMap(([name, item]) => (item.type === 'batch-job' ? [[name, item.properties]] : [])),
  );
}

function resourcesOf(scope: IConstruct): TerraformResource[] {
  return scope.node.findAll().filter((node): node is TerraformResource => node instanceof TerraformResource);
}

function startedBy(events: readonly JobEvent[]): string {
  if (events.length === 0) return 'hand only';
  const names = events.map((event) => (event.type === 'schedule' ? event.properties.scheduleRate : event.type));
  // Hundreds of one kind fit on a job, and no terminal is that wide.
  return [...new Set(names)]
    .map((name) => {
      const same = names.filter((other) => other === name).length;
      return same === 1 ? name : `${same} × ${name}`;
    })
    .join(', ');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function table(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => `  ${line.trimEnd()}`)
    .join('\n');
}
