import { counted } from '../../modules/problems/phrases';
import { arraySizeOf, arraysOf } from '../../modules/rules/items';
import type { ResolvedBatchJobProps } from '../../modules/stack-config/batch-job';

/** State transitions of a run that succeeds at once. */
const RUN = 1;
/** The same with `forEach`, without its arrays, and what each array adds. */
const ITEMS = { run: 6, array: 3 } as const;
/** What limits add for a run that gets a place at once, and for the first one in an hour, which begins the hour. */
const LIMITS = { wait: 3, skip: 1, firstInHour: 3 } as const;

type Job = Pick<ResolvedBatchJobProps, 'limits' | 'forEach'> & {
  /** Whether a function writes its connection strings before each submission. @default false */
  readonly writesStrings?: boolean;
};

/** State transitions of a run that gets a place at once, if it needs one, and succeeds at once. How many items it has is known by `count` only: else one array. */
export function runTransitions({ limits, forEach, writesStrings = false }: Job): number {
  const written = writesStrings ? 1 : 0;
  const own =
    forEach === undefined
      ? RUN + written
      : ITEMS.run + (ITEMS.array + written) * firstArrays(forEach, arraySizeOf(limits));
  return own + (limits === undefined ? 0 : LIMITS[limits.whenExceeded]);
}

/** The arrays of the first attempt. */
function firstArrays({ count }: NonNullable<Job['forEach']>, arraySize: number): number {
  return arraysOf({ maxItems: count ?? 1, attempts: 1, thenOnDemand: false, arraySize });
}

/** {@link runTransitions} as a sentence. */
export function transitionsText(job: Job): string {
  const count = runTransitions(job);
  const what = job.forEach === undefined ? 'A run' : `A run of ${itemsText(job.forEach, arraySizeOf(job.limits))}`;
  if (job.limits === undefined)
    return `${what} that succeeds at once has ${count === 1 ? 'one state transition' : `${count} state transitions`}.`;
  return `${what} that gets a place and succeeds at once has ${count} state transitions, the first one in an hour ${count + LIMITS.firstInHour}.`;
}

function itemsText({ count }: NonNullable<Job['forEach']>, arraySize: number): string {
  return count === undefined ? `at most ${counted(arraySize, 'item')}` : counted(count, 'item');
}
