import type { Limits } from '../../../modules/config/limits';
import { wrapped } from '../../../modules/problems/wrapped';
import { firingsText } from '../../../triggers/schedule/firing-text';
import { rateText } from '../../../triggers/schedule/schedule-times';
import { colors } from '../../command/colors';
import { nextCommand } from '../../command/next-command';
import { type Row, twoColumns } from '../../command/two-columns';
import { limitsText } from '../../model/limits-text';
import { table } from '../table';
import { localTime } from '../time-text';
import type { Difference } from './comparison';
import type { EnvironmentFacts, JobFacts, QueueFacts, StackFacts, StartFacts } from './facts';
import { volumeText } from './volumes';

/**
 * What is deployed, for people.
 *
 * @param width of the terminal. Undefined for whole values
 * @param withLinks whether links to AWS's consoles are included
 */
export function infoLines(facts: StackFacts, width: number | undefined, withLinks: boolean): string[] {
  const { stack, account, region, jobs, queues, environments } = facts;
  const deployed = jobs.filter(({ missing }) => missing.length === 0).length;
  const count = jobs.length === 1 ? '' : `: ${deployed} of ${jobs.length} jobs deployed`;
  return [
    `Stack ${colors.bold(stack)} in account ${account}, ${region}${count}`,
    ...jobs.flatMap((job) => ['', ...jobLines(job, width, withLinks)]),
    ...(queues.length === 0 ? [] : ['', ...queueTable(queues, environments, width)]),
    ...(environments.length === 0 ? [] : ['', ...environmentTable(environments, width)]),
  ];
}

function jobLines(job: JobFacts, width: number | undefined, withLinks: boolean): string[] {
  const rows: Row[] = [];
  const add = (left: string, ...right: string[]) => right.length > 0 && rows.push([colors.dim(left), ...right]);
  add('Definition', ...(job.definition ? [job.definition.arn.split('/').at(-1) ?? ''] : []));
  add('Image', ...(job.definition ? [job.definition.image] : []));
  add('Volumes', ...(job.definition?.volumes.map((volume) => `${volume.path}: ${volumeText(volume)}`) ?? []));
  add('Starts', ...(job.missing.length === 2 ? [] : startTexts(job.starts)));
  add('Limits', ...(job.limits === undefined ? [] : [deployedLimitsText(job.limits)]));
  add('Queues', ...job.queueArns.map((arn) => arn.split('/').at(-1) ?? arn));
  add('Log group', ...(job.logGroup !== undefined && job.missing.length < 2 ? [job.logGroup] : []));
  add('Config', ...comparisonTexts(job));
  if (withLinks) for (const [page, url] of Object.entries(job.links)) add(PAGES[page] ?? page, url);
  return [colors.bold(job.name), ...twoColumns(rows, width ?? Number.POSITIVE_INFINITY)];
}

function deployedLimitsText(limits: Limits): string {
  return `${limitsText(limits)}; a further run ${limits.whenExceeded === 'wait' ? 'waits for its turn' : 'is skipped'}`;
}

const PAGES: { readonly [page: string]: string } = {
  stateMachine: 'Runs page',
  jobDefinition: 'Definition page',
  triggerFunction: 'Trigger page',
  logs: 'Logs page',
};

function startTexts(starts: readonly StartFacts[]): string[] {
  if (starts.length === 0) return ['no event, only by hand'];
  return starts.map(({ type, what, method, enabled, timezone, next }) => {
    // A rate has no time of day.
    const zone = timezone === undefined || what.startsWith('rate(') ? '' : ` ${timezone}`;
    const source = type === 'schedule' ? what : method !== undefined ? `${method} ${what}` : `${type} ${what}`.trim();
    if (enabled === false) return `${source}${zone} (disabled)`;
    if (type !== 'schedule') return source;
    if (timezone !== undefined) return `${source}${zone}${nextText(next, timezone)}`;
    const rate = rateText(what);
    if (rate !== undefined) return `${source}, ${rate}`;
    if (next === undefined) return source;
    const times = next.map((time) => localTime(new Date(time)));
    return times.length === 0 ? `${source}, never again` : `${source}, next ${times.join(', ')}`;
  });
}

/** On the clocks of the schedule's zone, not of the terminal's. */
function nextText(next: readonly string[] | undefined, timezone: string): string {
  if (next === undefined) return '';
  if (next.length === 0) return ', never again';
  return `, next ${firingsText(
    next.map((time) => new Date(time)),
    timezone,
  )}`;
}

function comparisonTexts({ missing, comparison }: JobFacts): string[] {
  if (missing.length > 0) {
    const what = missing.length === 2 ? 'not deployed' : `half deployed, without a ${missing.join(' and ')}`;
    return [colors.yellow(`${what}: ${nextCommand('deploy', [])} creates what is missing`)];
  }
  if (comparison === undefined) return [];
  if (comparison.result === 'same') return [colors.green('the deployed job is the one of the config')];
  if (comparison.result === 'not-compared') return [`not compared: ${comparison.reason}`];
  return [
    ...comparison.differences.map((each) => colors.yellow(differenceText(each))),
    `To change ${comparison.differences.length === 1 ? 'it' : 'them'}: ${nextCommand('deploy', [])}`,
  ];
}

/** `resources.memory: deployed 1800, config 2048`. */
export function differenceText({ property, deployed, config, isWhole }: Difference): string {
  if (isWhole) return `${property}: deployed ${deployed}`;
  if (deployed === undefined && config === undefined) return `${property}: another value in the config`;
  return `${property}: deployed ${deployed ?? 'none'}, config ${config ?? 'none'}`;
}

function queueTable(
  queues: readonly QueueFacts[],
  environments: readonly EnvironmentFacts[],
  width: number | undefined,
): string[] {
  const nameOf = (arn: string) => environments.find((each) => each.arn === arn)?.name ?? arn.split('/').at(-1) ?? arn;
  return [
    ...table(
      [
        { title: 'QUEUE', value: ({ name }: QueueFacts) => name },
        { title: 'STATE', value: ({ state }: QueueFacts) => state },
        { title: 'STATUS', value: ({ status }: QueueFacts) => status },
        {
          title: 'ENVIRONMENTS',
          value: (queue: QueueFacts) => queue.environments.map(nameOf).join(', '),
          narrow: 'below',
        },
      ],
      queues,
      width,
    ),
    ...reasons(queues, width),
  ];
}

function environmentTable(environments: readonly EnvironmentFacts[], width: number | undefined): string[] {
  return [
    ...table(
      [
        { title: 'ENVIRONMENT', value: ({ name }: EnvironmentFacts) => name },
        { title: 'STATE', value: ({ state }: EnvironmentFacts) => state },
        { title: 'STATUS', value: ({ status }: EnvironmentFacts) => status },
        {
          title: 'VCPUS',
          value: ({ desiredVcpus = 0, maxVcpus }: EnvironmentFacts) => `${desiredVcpus} of ${maxVcpus ?? '?'}`,
        },
      ],
      environments,
      width,
    ),
    ...reasons(environments, width),
  ];
}

/** Why something is not valid. A healthy one has a reason too, which says nothing. */
function reasons(all: readonly (QueueFacts | EnvironmentFacts)[], width = Number.POSITIVE_INFINITY): string[] {
  return all.flatMap(({ name, status, statusReason }) =>
    status === 'VALID' || statusReason === undefined
      ? []
      : wrapped(`${name}: ${statusReason}`, width).map(colors.yellow),
  );
}
