import type { Limits } from '../../../modules/config/limits';
import { placeKeeperDocument } from '../../../modules/limits/place-keeper-document';
import { placesOf } from '../../../modules/orchestration/places';
import { isSkipped } from '../../../modules/orchestration/skipped-run';
import type { StateMachineDocument } from '../../../modules/orchestration/states-language';
import { interpret, type TaskCall, type TaskOutcome } from '../state-machine/interpreter';
import { asFields, asText, type Fields } from '../state-machine/json-value';
import { isOfPlaces, PlacesTable } from './places-table';

/** A burst of runs of one job, by the clock of the job. */
export interface Burst {
  readonly job: string;
  readonly definition: StateMachineDocument | Fields;
  readonly limits: Limits | undefined;
  /** Runs that arrive at the same time. */
  readonly runs: number;
  /** Duration of each job, in seconds. */
  readonly seconds: number;
}

export interface BurstOutcome {
  /** Runs that had a job at once. */
  readonly atOnce: number;
  readonly skipped: number;
  /** Maximum number of jobs at the same time. */
  readonly mostJobs: number;
  /** Seconds until the last run had its job, and until the last run ended. */
  readonly lastBegan: number;
  readonly lastEnded: number;
  /** Whether runs had their jobs in order of arrival. */
  readonly inOrder: boolean;
}

const MINUTE = 60;

/** Plays a burst with the state machine of the job and the place keeper, without containers. Only the clock is made up. */
export async function playBurst({ job, definition, limits, runs, seconds }: Burst): Promise<BurstOutcome> {
  const table = new PlacesTable();
  const tokens = new Map<string, (outcome: TaskOutcome) => void>();
  const jobs: { readonly run: string; readonly end: number; readonly done: (outcome: TaskOutcome) => void }[] = [];
  const began: number[] = [];
  const start = Date.now();
  let [now, skipped, mostJobs, atOnce, lastBegan, left] = [0, 0, 0, 0, 0, runs];
  const clock = () => start + now * 1000;
  const places = limits === undefined ? undefined : placesOf(limits);
  const keep = async (run?: string) => {
    if (places === undefined) return;
    const { concurrentRuns, runsPerHour, runsPerDay } = places;
    const document = placeKeeperDocument({ partition: 'aws', tableName: 'places' });
    const input = { job, concurrentRuns, runsPerHour: String(runsPerHour), runsPerDay: String(runsPerDay) };
    await interpret(asFields(document, 'the document'), {
      input: { ...input, executions: 'executions', ...(run !== undefined && { run }) },
      now: clock,
      task: (call) => {
        if (isOfPlaces(call)) return table.call(call);
        const token = asText(asFields(call.parameters, 'parameters').TaskToken ?? '', 'TaskToken');
        const resume = tokens.get(token);
        tokens.delete(token);
        resume?.({ output: {} });
        // The holders of this burst all go on.
        return { output: { Events: [{ Type: 'TaskSubmitted' }] } };
      },
    });
    await settled();
  };
  const task = (run: number, call: TaskCall): TaskOutcome | Promise<TaskOutcome> => {
    if (isOfPlaces(call)) {
      const outcome = table.call(call);
      if (!call.resource.endsWith('.waitForTaskToken')) return outcome;
      const { Item } = asFields(call.parameters, 'parameters');
      const token = asText(asFields(asFields(Item, 'Item').TaskToken, 'TaskToken').S, 'TaskToken');
      return new Promise((resolve) => tokens.set(token, resolve));
    }
    return new Promise((resolve) => {
      jobs.push({ run: nameOf(run), end: now + seconds, done: resolve });
      began.push(run);
      mostJobs = Math.max(mostJobs, jobs.length);
      lastBegan = now;
      if (now === 0) atOnce++;
    });
  };
  for (let run = 0; run < runs; run++) {
    void interpret(definition, {
      executionName: nameOf(run),
      // A thousandth of a second after the one before.
      now: () => clock() + run,
      task: (call) => task(run, call),
    }).then((end) => {
      left--;
      if (end.status === 'SUCCEEDED' && isSkipped(JSON.stringify(end.output))) skipped++;
    });
    await settled();
  }
  while (left > 0) {
    const ended = jobs.shift();
    now = ended?.end ?? now + MINUTE;
    ended?.done({ output: {} });
    await settled();
    await keep(ended?.run);
  }
  const inOrder = began.every((run, index) => index === 0 || run > (began[index - 1] ?? 0));
  return { atOnce, skipped, mostJobs, lastBegan, lastEnded: now, inOrder };
}

function nameOf(run: number): string {
  return `burst-${run}`;
}

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
