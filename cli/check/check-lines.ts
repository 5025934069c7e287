import { colors } from '../command/colors';
import { type Row, twoColumns } from '../command/two-columns';
import {
  dearestLines,
  leftText,
  moreMemoryLines,
  requestText,
  spotText,
  typesText,
  unknownText,
} from '../model/check-text';
import {
  countText,
  dollarsText,
  foreignText,
  monthlyText,
  savingText,
  sourceSentences,
  standingLine,
} from '../model/price-text';
import type { IdleCheck, JobCheck, StackCheck } from '../model/stack-check';
import { type Column, table } from '../operate/table';

/** From this width on, jobs are a table. Below, each is a block. */
const TABLE_WIDTH = 100;

/** The width of texts below the table in a file or a pipe. */
const TEXT_WIDTH = 100;

/**
 * A check as text.
 *
 * @param width of the terminal. Undefined for a file or a pipe
 */
export function checkLines(found: StackCheck, width: number | undefined): string[] {
  const where = found.region === undefined ? '' : ` in ${found.region}`;
  const isTable = width === undefined || width >= TABLE_WIDTH;
  const text = Math.min(width ?? TEXT_WIDTH, TEXT_WIDTH);
  const foreign = foreignText(found.prices, found.region);
  return [
    `Stack ${colors.bold(found.stack)}${where}: what its jobs run on, and what it costs`,
    '',
    ...(found.jobs.length === 0 ? ['The config has no jobs.', ''] : []),
    ...(isTable && found.jobs.length > 0 ? [...jobTable(found.jobs, foreign, width), ''] : []),
    ...found.jobs.flatMap((job) => {
      const rows = isTable ? notes(job) : [...facts(job, foreign), ...notes(job)];
      return rows.length === 0 ? [] : [...block(job, rows, text), ''];
    }),
    ...twoColumns(stackRows(found, foreign), text, 0),
  ];
}

function jobTable(jobs: readonly JobCheck[], foreign: string | undefined, width: number | undefined): string[] {
  const columns: Column<JobCheck>[] = [
    { title: 'JOB', value: ({ job }) => job, color: colors.bold },
    { title: 'REQUEST', value: ({ request }) => requestText(request), narrow: 'below' },
    { title: 'SMALLEST', value: ({ instances: [smallest] }) => smallest?.instanceType ?? 'unknown' },
    { title: 'JOBS', value: ({ instances: [smallest] }) => (smallest === undefined ? '' : String(smallest.jobs)) },
    { title: 'LEFT OVER', value: leftText, narrow: 'below', below: (job) => `left over: ${leftText(job)}` },
    {
      title: foreign === undefined ? 'PER HOUR' : `PER HOUR (${foreign})`,
      value: ({ price }) => dollarsText(price?.alone),
    },
    { title: 'IF SHARED', value: ({ price }) => dollarsText(price?.full) },
    ...(jobs.some(({ run }) => run !== undefined)
      ? [
          {
            title: 'PER RUN',
            value: ({ run }: JobCheck) =>
              run === undefined ? '' : `${dollarsText(run.alone)}${run.isItem ? ' an item' : ''}`,
          },
        ]
      : []),
  ];
  return table(columns, jobs, width);
}

function block({ job, request }: JobCheck, rows: readonly Row[], width: number): string[] {
  return [`${colors.bold(job)}  ${colors.dim(requestText(request))}`, ...twoColumns(rows, width)];
}

/** What the table says of a job. */
function facts(job: JobCheck, foreign: string | undefined): Row[] {
  const { instances, price } = job;
  const [smallest] = instances;
  if (smallest === undefined) return [];
  const beside = foreign === undefined ? '' : `, ${foreign}`;
  return [
    ['Smallest', `${smallest.instanceType}, with ${countText(smallest.jobs, 'job')} at once`],
    ['Left over', leftText(job)],
    [
      'Price',
      price === undefined
        ? 'unknown'
        : `${dollarsText(price.alone)} per hour on demand${price.full < price.alone ? `, ${dollarsText(price.full)} if jobs share it` : ''}${beside}`,
    ],
  ];
}

/** What a table has no room for. */
function notes(job: JobCheck): Row[] {
  const { instances, isSure, notSmaller, price, savings, moreMemory, run, request } = job;
  const [smallest] = instances;
  if (smallest === undefined) {
    return [['Unknown', unknownText(job)]];
  }
  const isOther = price !== undefined && price.instanceType !== smallest.instanceType;
  return [
    ['Types', `${typesText(job)}${isSure ? '' : '. Its memory might not fit'}`],
    ...(notSmaller === undefined ? [] : [['Not smaller', notSmaller] as const]),
    ...(isOther ? [['Cheapest', `${price.instanceType}, which the price is of`] as const] : []),
    ...savings.map((saving): Row => ['Smaller', savingText(saving)]),
    ...(moreMemory === undefined ? [] : [['More memory', ...moreMemoryLines(moreMemory)] as Row]),
    ...(request.isSpot ? [['Spot', spotText(job)] as const] : []),
    ...(run === undefined ? [] : [[run.isItem ? 'Item' : 'Run', runText(run)] as const]),
  ];
}

function runText({ minutes, from, runs, alone, isItem, ...parts }: NonNullable<JobCheck['run']>): string {
  const took = countText(Number(minutes.toFixed(minutes < 10 ? 1 : 0)), 'minute');
  const basis = from === 'given' ? took : `${took}, the median of ${countText(runs ?? 0, 'run')}`;
  return [
    `${dollarsText(alone)} for ${basis}: instance ${dollarsText(parts.instance)}`,
    `root volume ${dollarsText(parts.rootVolume)}`,
    `address ${dollarsText(parts.address)}`,
    `${isItem ? 'without ' : ''}Step Functions and Lambda ${dollarsText(parts.services)}${isItem ? ' for all items of a run' : ''}`,
  ].join(', ');
}

function stackRows(
  { idle, environments, atMost, jobs, prices, region }: StackCheck,
  foreign: string | undefined,
): Row[] {
  const { sum, lines } = dearestLines(environments, atMost, foreign);
  return [
    ['While nothing runs', ...idleLines(idle)],
    ...(environments.length === 0 ? [] : [['At most', ...(sum === undefined ? [] : [sum]), ...lines] as Row]),
    ...extrasRow(jobs),
    ['Prices', ...sourceSentences(prices, region)],
  ];
}

function idleLines({ costs, monthly, known }: IdleCheck): string[] {
  const total =
    monthly === undefined ? `${monthlyText(known)} per month and what is unknown` : `${monthlyText(monthly)} per month`;
  return [`${total}, without what is stored`, ...costs.map(standingLine)];
}

/** The root volume and the address of each instance, which all jobs have in common. */
function extrasRow(jobs: readonly JobCheck[]): Row[] {
  const price = jobs.find((job) => job.price !== undefined)?.price;
  if (price === undefined) return [];
  const address =
    price.address === undefined
      ? 'its public IPv4 address depends on the subnets'
      : price.address === 0
        ? 'no public address'
        : `${dollarsText(price.address)} for its public IPv4 address`;
  return [['Each instance', `${dollarsText(price.rootVolume)} per hour for its root volume, ${address}`]];
}
