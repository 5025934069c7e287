/**
 * Simulates bursts of runs against the quotas of AWS, with the numbers that the state machine and the trigger function use.
 *
 *   npm run burst [-- --runs 10000,1000000] [-- --events 100000] [-- --seed 2]
 *
 * Prints the tables of docs/internals/bursts.md.
 */
import { parseArgs } from 'node:util';
import { chosenWaits, previousWaits, START_EXECUTION, startsBurst, type Waits } from './burst/starts';
import { chosenRetries, previousRetries, type Retries, submissionsBurst } from './burst/submissions';

/** Price of a state transition in us-east-1, in US dollars. */
const TRANSITION_PRICE = 25 / 1_000_000;
/** Price of a second of Lambda with 256 MiB on arm64 in us-east-1, in US dollars. */
const LAMBDA_SECOND_PRICE = 0.0000133334 / 4;

const RETRIES: Readonly<Record<string, Retries>> = {
  Before: previousRetries,
  'One round': chosenRetries(1),
  Now: chosenRetries(),
};
const WAITS: Readonly<Record<string, Waits>> = { Before: previousWaits, Now: chosenWaits };

const count = (value: number) => Math.round(value).toLocaleString('en-US');

export function submissionsTable(sizes: readonly number[], seed: number): string[] {
  const rows = sizes.flatMap((runs) =>
    Object.entries(RETRIES).map(([name, retries]) => {
      const outcome = submissionsBurst({ runs, retries, seed });
      const { failed, lastSeconds, idealSeconds, transitions, mostRefusals } = outcome;
      const cells = [count(runs), name, count(failed), count(idealSeconds), count(lastSeconds), count(mostRefusals)];
      return [...cells, (transitions / runs).toFixed(1), (transitions * TRANSITION_PRICE).toFixed(2)];
    }),
  );
  const head = ['Runs', 'Retries', 'Given up', 'Ideal, s', 'Last starts, s', 'Most refusals', 'Transitions per run'];
  return table([...head, 'US dollars'], rows);
}

export function startsTable(events: number, seed: number): string[] {
  const rows = Object.entries(START_EXECUTION).flatMap(([regions, quota]) =>
    [1_000, 3_000].flatMap((functions) =>
      Object.entries(WAITS).map(([name, waits]) => {
        const outcome = startsBurst({ events, functions, quota, waits, seed });
        const { failedInvocations, undelivered, lastSeconds, idealSeconds, calls, billedSeconds } = outcome;
        const cells = [regions, count(functions), name, count(failedInvocations), count(undelivered)];
        const times = [count(idealSeconds), count(lastSeconds), (calls / events).toFixed(1)];
        return [...cells, ...times, (billedSeconds * LAMBDA_SECOND_PRICE).toFixed(2)];
      }),
    ),
  );
  const head = [
    'Regions',
    'Functions',
    'Waits',
    'Invocations out of time',
    'Undelivered',
    'Ideal, s',
    'Last starts, s',
  ];
  return table([...head, 'Calls per event', 'Lambda, US dollars'], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---:')), ...rows.map(line)];
}

function main(): void {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '1000,10000,100000,200000,400000,1000000' },
      events: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '1' },
    },
  });
  const seed = Number(values.seed);
  console.log(submissionsTable(values.runs.split(',').map(Number), seed).join('\n'));
  console.log();
  console.log(startsTable(Number(values.events), seed).join('\n'));
}

if (require.main === module) main();
