/**
 * Limits of a job with `forEach`.
 *
 * - `maxItems`: the number of an item has seven digits in the indexes. 100 arrays of AWS Batch.
 * - `arraySize`: children of one array job: https://docs.aws.amazon.com/batch/latest/userguide/array_jobs.html
 */
export const ITEM_LIMITS = {
  maxItems: { min: 1, max: 1_000_000, default: 100_000 },
  arraySize: 10_000,
} as const;

/** The most items of an array: as many as the job may run at the same time, if its limits count them. */
export function arraySizeOf({ countItems, concurrentRuns }: { countItems?: boolean; concurrentRuns?: number } = {}) {
  return (countItems ? concurrentRuns : undefined) ?? ITEM_LIMITS.arraySize;
}

/**
 * The most arrays of a run, those of all attempts together. Step Functions ends an execution at its 25,000th event, and each array needs
 * some: about 60, with a few retries of its submission.
 */
export const MOST_ARRAYS = 320;

/** What the number of a run's arrays follows from. */
interface ArraysInput {
  readonly maxItems: number;
  readonly attempts: number;
  readonly thenOnDemand: boolean;
  /** Memories that children can have: those with different memory are in different arrays. @default 1 */
  readonly memories?: number;
  /** Most children of an array. @default as many as AWS Batch allows */
  readonly arraySize?: number;
}

/** The arrays of a run if each child of each attempt fails, and in each was interrupted. */
export function arraysOf({ maxItems, attempts, thenOnDemand, memories = 1, arraySize }: ArraysInput): number {
  const full = Math.ceil(maxItems / (arraySize ?? ITEM_LIMITS.arraySize));
  return (full + memories - 1) * attempts * (thenOnDemand ? 2 : 1);
}

/** One step of a path: a key, or an index of a list. */
export type PathStep = string | number;

const STEP = /^(?:\.([A-Za-z_$][\w$-]*)|\[(\d+)\]|\['([^'\]]+)'\]|\["([^"\]]+)"\])/;

/** The steps of a path such as `$.detail.keys`, `$.Records[0].body` or `$['a key']`. Undefined for anything else. */
export function pathSteps(path: string): PathStep[] | undefined {
  if (!path.startsWith('$')) return undefined;
  const steps: PathStep[] = [];
  for (let rest = path.slice(1); rest !== ''; ) {
    const match = STEP.exec(rest);
    if (match === null) return undefined;
    const [whole, key, index, single, double] = match;
    steps.push(index === undefined ? (key ?? single ?? double ?? '') : Number(index));
    rest = rest.slice(whole.length);
  }
  return steps;
}
