import { isMainThread } from 'node:worker_threads';

/** Default time for handlers, in seconds. AWS interrupts the instance two minutes after its notice, which arrives some seconds late. */
const DEFAULT_TIMEOUT = 100;

/** Maximum, in seconds: AWS Batch kills the container two minutes after SIGTERM. */
const LONGEST_TIMEOUT = 120;

/** Milliseconds that a handler has to react when its signal aborts. */
const LAST_WORDS_MS = 500;

/** 128 + SIGTERM: makes AWS Batch restart the job without using up an attempt. */
const RESTART = 143;

/** What a handler knows of the interruption. */
export interface Reclaim {
  /** Aborts when the handler's time is up. Pass it to requests, so that they end in time. */
  readonly signal: AbortSignal;
  /** Seconds until the handler's time is up; 0 after that. */
  secondsLeft(): number;
}

/** Options of {@link onReclaim}. */
export interface ReclaimOptions {
  /** Seconds that the handler has, counted from SIGTERM. Range: 0 to 120. Default: 100. */
  readonly timeout?: number;
}

interface Added {
  readonly handler: (reclaim: Reclaim) => unknown;
  readonly timeout: number;
}

/**
 * Calls a handler when AWS takes the Spot instance back (SIGTERM), waits for it, and exits with code 143: AWS Batch then restarts the job
 * without using up an attempt. Save what the next start needs. AWS Batch also sends SIGTERM at the job's `timeout`, and when a run is
 * stopped.
 *
 * - Handlers are called at once, in the order in which they were added, each one time. Another SIGTERM changes nothing.
 * - The program goes on while they run. If it calls `process.exit(0)` meanwhile, the run has succeeded. If it fails meanwhile, because a
 *   handler closed its connection for example, the exit code is 143 as well, and the error is printed.
 * - A handler that throws is reported on standard error, and the others go on. One that takes longer than its timeout is left.
 * - Node.js handles signals between two turns of its event loop: code that computes for long without `await` delays them.
 *
 * @example
 * import { writeFile } from 'node:fs/promises';
 * import { onReclaim } from 'cdktf-batch-jobs/job';
 *
 * const done: string[] = [];
 * onReclaim(async ({ signal }) => {
 *   await writeFile('/mnt/shared/done.json', JSON.stringify(done), { signal });
 * });
 *
 * @returns A function that removes the handler. Without any handler, SIGTERM ends the program as it does by default.
 * @throws Error in a worker thread, to which Node.js delivers no signals, and for a timeout out of range
 */
export function onReclaim(
  handler: (reclaim: Reclaim) => unknown,
  { timeout = DEFAULT_TIMEOUT }: ReclaimOptions = {},
): () => void {
  if (!isMainThread)
    throw new Error('Call onReclaim in the main thread: Node.js delivers no signals to worker threads.');
  if (typeof handler !== 'function') throw new TypeError(`onReclaim takes a function. It got ${typeof handler}.`);
  if (!(timeout >= 0 && timeout <= LONGEST_TIMEOUT))
    throw new RangeError(`onReclaim: the timeout is ${timeout}. It must be 0 to ${LONGEST_TIMEOUT} seconds.`);
  const added = { handler, timeout };
  if (handlers.size === 0 && began === undefined) process.on('SIGTERM', interrupt);
  handlers.add(added);
  if (began !== undefined) void call(added, began);
  return () => {
    handlers.delete(added);
    if (handlers.size === 0 && began === undefined) process.off('SIGTERM', interrupt);
  };
}

const handlers = /* @__PURE__ */ new Set<Added>();

/** Time at which SIGTERM arrived, from `performance.now()`. */
let began: number | undefined;

/** Handlers that have not ended. */
let running = 0;

function interrupt(): void {
  // The listener is not removed, so that another SIGTERM can't end the program before the handlers finish.
  if (began !== undefined) return;
  began = performance.now();
  process.on('uncaughtException', (error) => report('the program failed during the interruption:', error));
  process.on('exit', (code) => {
    if (code === 0 || code === RESTART) return;
    report(`exit code ${code} during the interruption becomes ${RESTART}, so that no attempt is used up`);
    process.exitCode = RESTART;
  });
  for (const added of [...handlers]) void call(added, began);
}

async function call({ handler, timeout }: Added, began: number): Promise<void> {
  running++;
  const time = new AbortController();
  // A timer can fire up to a millisecond early.
  const secondsLeft = () => (time.signal.aborted ? 0 : Math.max(0, timeout - (performance.now() - began) / 1000));
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      time.abort(new Error(`The ${timeout} s of the handler are up`));
      timer = setTimeout(() => {
        report(`a handler of onReclaim has not ended within ${timeout} s`);
        resolve();
      }, LAST_WORDS_MS);
    }, secondsLeft() * 1000);
  });
  try {
    // An async function, so that a handler that throws synchronously can't end the program before the others are called.
    const handled = async () => handler({ signal: time.signal, secondsLeft });
    await Promise.race([timeUp, handled()]);
  } catch (error) {
    report('a handler of onReclaim failed:', error);
  }
  clearTimeout(timer);
  running--;
  if (running === 0) process.exit(RESTART);
}

function report(message: string, ...details: readonly unknown[]): void {
  console.error(`cdktf-batch-jobs: ${message}`, ...details);
}
