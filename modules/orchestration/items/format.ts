/**
 * The objects of a run with `forEach` in the payload bucket, and what its steps tell each other. Pure: the items function, the start
 * programs of images and the commands read and write them.
 *
 * A run has the folder `<job>/<execution>/`, with
 * - `items.jsonl`: all items, one JSON text a line. Missing for a fixed count.
 * - `<attempt>-<array>.index`: a line of {@link INDEX_LINE_BYTES} bytes for each child of an array: where its item is in `items.jsonl`.
 * - `<attempt>-<array>.failed`: the failed children of an array, a {@link FailedChild} a line.
 * - `<attempt>-<array>.aside`: failed children of earlier arrays that these arrays don't run again, a {@link ChildAside} a line.
 * - `failures.jsonl`: the items that failed for good, a {@link FailureLine} each, in the order of their indexes. Only if there are any.
 * - `run.json`: {@link RunFacts}, with `failures.jsonl`.
 */

/** Name of the object with the items. */
export const ITEMS_OBJECT = 'items.jsonl';

/** Name of the object with the items that failed for good. */
export const FAILURES_OBJECT = 'failures.jsonl';

/** Name of the object with what a run that repeats the failed items has to know of their run. */
export const RUN_OBJECT = 'run.json';

/** Variable with the index of a child's array: `s3://<bucket>/<job>/<execution>/<attempt>-<array>.index`. */
export const ITEMS_VARIABLE = 'STP_ITEMS';

/** Variable with the number of items of the run, in all arrays. */
export const ITEM_COUNT_VARIABLE = 'STP_ITEM_COUNT';

/** Bytes of a line of an index, with its line feed. Line n is at n times as many bytes. */
export const INDEX_LINE_BYTES = 36;

const OFFSET_DIGITS = 13;
const ITEM_DIGITS = 7;

/** Where a child's item is in `items.jsonl`. */
export interface IndexLine {
  /** First byte of its JSON text. */
  readonly start: number;
  /** The byte after the last one, which is the line feed. The same as `start` if the items are only counted: the event stays. */
  readonly end: number;
  /** Index of the item in the run, from 0. */
  readonly item: number;
}

/** Key prefix of a run's objects, with a slash at its end. */
export function runFolder(jobName: string, execution: string): string {
  return `${jobName}/${execution}/`;
}

/** Name of the index of an array. */
export function indexName(attempt: number, array: number): string {
  return `${attempt}-${array}.index`;
}

/** Name of the object with the failed children of an array. */
export function failedName(attempt: number, array: number): string {
  return `${attempt}-${array}.failed`;
}

/** Name of the object with the failed children that the arrays from this one on don't run again. */
export function asideName(attempt: number, array: number): string {
  return `${attempt}-${array}.aside`;
}

/** A line of an index, with its line feed. */
export function indexLine({ start, end, item }: IndexLine): string {
  const [first, last, number] = [
    [start, OFFSET_DIGITS],
    [end, OFFSET_DIGITS],
    [item, ITEM_DIGITS],
  ].map(([value = 0, digits = 0]) => String(value).padStart(digits, '0'));
  return `${first} ${last} ${number}\n`;
}

const LINE = new RegExp(`^(\\d{${OFFSET_DIGITS}}) (\\d{${OFFSET_DIGITS}}) (\\d{${ITEM_DIGITS}})\n$`);

/** @throws Error if the text is no line of an index. */
export function readIndexLine(text: string): IndexLine {
  const [, start, end, item] = LINE.exec(text) ?? [];
  if (start === undefined)
    throw new Error(`${JSON.stringify(text.slice(0, INDEX_LINE_BYTES))} is no line of an index.`);
  return { start: Number(start), end: Number(end), item: Number(item) };
}

/** An item whose child failed, and why, as the run's result lists it. */
export interface ItemFailure {
  /** Index of the item in the run, from 0: its `STP_ITEM_INDEX`. */
  readonly index: number;
  /** Why its last child failed: AWS Batch's reason of the container, else its status reason. */
  readonly reason: string;
  /** Exit code of the container. Missing if it never ended by itself. */
  readonly exitCode?: number;
}

/** A failed child of an array. */
export interface FailedChild {
  /** Its index in the array: line of the array's index. */
  readonly child: number;
  readonly reason: string;
  readonly exitCode?: number;
  /**
   * - `failed`: the next attempt runs it again
   * - `incurable`: no further attempt can help
   * - `reclaimed`: Spot capacity was taken from it after its last free restart
   */
  readonly end: 'failed' | 'incurable' | 'reclaimed';
}

/** A line of `failures.jsonl`: the failure, and where the item is in `items.jsonl`. */
export interface FailureLine extends ItemFailure, Pick<IndexLine, 'start' | 'end'> {}

/** What `run.json` has. */
export interface RunFacts {
  /** `STP_ITEM_COUNT` of the run. */
  readonly count: number;
}

/** A failed child whose item waits for the next attempt, or has failed for good. */
export interface ChildAside extends FailureLine {
  readonly curable: boolean;
  /** MiB of its next child. Undefined if children's memory never changes. */
  readonly memory?: string;
}

/** An array of children. */
export interface ItemArray {
  /** Its number in the attempt, from 0. */
  readonly Number: number;
  /** Its children. With one, it is a plain job, because AWS Batch has no arrays of one. */
  readonly Size: number;
  /** `s3://<bucket>/<key>` of its index, the value of `STP_ITEMS`. */
  readonly Items: string;
  /** MiB of its children, as AWS Batch wants them. Only of a job whose items get more after a child that was killed for memory. */
  readonly Memory?: string;
}

/** Arrays to run next. Step Functions keeps it as the data of the run. */
export interface NextArrays {
  /** `wait`: after `Wait` seconds. */
  readonly Next: 'run' | 'wait';
  /** Number of items of the run: `STP_ITEM_COUNT`. */
  readonly Count: number;
  /** Children of the first attempt: all items, or those of them that the run repeats. */
  readonly Children: number;
  /** From 1. */
  readonly Attempt: number;
  /** Whether the arrays are for on-demand capacity: children that Spot capacity was taken from, in the same attempt. */
  readonly OnDemand: boolean;
  readonly Wait: number;
  readonly Arrays: readonly ItemArray[];
  /** Failed children that these arrays don't run again. Their object is that of the first array. */
  readonly Aside: number;
  /** If items are counted, after `plan`: how many children run at the same time, as text. */
  readonly Places?: string;
  /** How many others can run at the same time, as text. */
  readonly Room?: string;
}

/** The places that a run takes, and the room that it leaves to others. Texts, as DynamoDB has its numbers. */
export function placesFor(children: number, most: number): Pick<NextArrays, 'Places' | 'Room'> {
  const places = Math.min(children, most);
  return { Places: String(places), Room: String(most - places) };
}

/** The run is over, and failed no more than it may. */
interface EndedWell {
  readonly Next: 'end';
  readonly Result: ItemsResult;
}

/** The run is over. */
interface EndedBadly {
  readonly Next: 'fail';
  /** {@link ITEMS_FAILED}, or what is wrong with the items. */
  readonly Error: string;
  /** A sentence, or for {@link ITEMS_FAILED} the {@link ItemsResult} as JSON. */
  readonly Cause: string;
}

/** What the items function answers to `ends`. */
export interface ArrayEnded {
  readonly Number: number;
  readonly Failed: number;
}

/** How the arrays of a run are repeated, and what it may end with. */
export interface ItemsPlan {
  readonly MaximumAttempts: number;
  /** Seconds before attempt 2, 3, ... */
  readonly Waits: readonly number[];
  /** Whether reclaimed children go on-demand. */
  readonly ThenOnDemand: boolean;
  /** A number, or a percentage such as `5%`. */
  readonly MaxFailures: number | string;
  /** MiB of an item's children: at first, after one that was killed for memory, and so on. @default their memory never changes */
  readonly MemoryLevels?: readonly number[];
  /** Most children of an array. @default 10,000 */
  readonly ArraySize?: number;
}

/** What the state machine has the items function do. */
export type ItemsRequest =
  | {
      /** Finds the items of the event, and writes the first indexes. */
      readonly Operation: 'plan';
      readonly Execution: string;
      /** The execution's input: the event, or the reference to it. */
      readonly Input: unknown;
      readonly ForEach: ItemsSource;
      /** {@link ItemArray.Memory} of the first arrays. */
      readonly Memory?: string;
      /** Most children of an array, and of all runs at the same time. @default 10,000, and no limit */
      readonly ArraySize?: number;
    }
  | {
      /** Lists the failed children of an array that ended. */
      readonly Operation: 'ends';
      readonly Execution: string;
      readonly Attempt: number;
      readonly OnDemand: boolean;
      readonly Number: number;
      readonly Size: number;
      readonly JobId: string;
    }
  | {
      /** Puts the arrays of an attempt together: what comes next. */
      readonly Operation: 'collect';
      readonly Execution: string;
      readonly Answer: NextArrays;
      readonly Ended: readonly ArrayEnded[];
      readonly Plan: ItemsPlan;
    };

/** Where the items come from, with one of `Items`, `S3Manifest` and `Total`, and how many there may be. */
export interface ItemsSource {
  readonly Items?: string;
  readonly S3Manifest?: string;
  readonly Bucket?: string;
  readonly Total?: number;
  readonly MaxItems: number;
}

/** What the items function answers to `plan` and `collect`. */
export type ItemsAnswer = NextArrays | EndedWell | EndedBadly;

/** Error of an execution whose items failed more than they may. Its cause is the {@link ItemsResult}. */
export const ITEMS_FAILED = 'ItemsFailed';

/** Failures that a result lists itself. More are only in the object. */
export const LISTED_FAILURES = 50;

/** Output of a run, and cause of a failed one. */
export interface ItemsResult {
  /** Children of the run: its items, or those of them that a run repeats. */
  readonly items: number;
  readonly succeeded: number;
  readonly failed: number;
  /** The first {@link LISTED_FAILURES}, in the order of their indexes. */
  readonly failures: readonly ItemFailure[];
  /** `s3://<bucket>/<key>` of `failures.jsonl`, which has all. Missing if nothing failed. */
  readonly failuresUri?: string;
}

/** The result in the cause of an execution, or undefined if it is none. */
export function readItemsResult(text: string | undefined): ItemsResult | undefined {
  if (text === undefined || !text.startsWith('{"items":')) return undefined;
  try {
    return JSON.parse(text) as ItemsResult;
  } catch {
    return undefined;
  }
}
