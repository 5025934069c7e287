import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

type Signal = (typeof SIGNALS)[number];

/** The current handler of signals. */
let onSignal: ((signal: Signal) => void) | undefined;
let onClosedOutput: (() => void) | undefined;

/** Ends the process on a signal, or if the output is closed, in a way that runs the handlers of `atExit`. */
export function exitOnSignals(): void {
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (onSignal === undefined) process.exit(128 + constants.signals[signal]);
      onSignal(signal);
    });
  }
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', () => {
      if (onClosedOutput === undefined) process.exit(1);
      onClosedOutput();
    });
  }
}

/** While `work` runs, passes signals to `handle` instead of ending the process, and ignores by default that the output is closed. */
export async function holdingSignals<Result>(
  handle: (signal: Signal) => void,
  work: () => Promise<Result>,
  handleClosedOutput: () => void = () => {},
): Promise<Result> {
  onSignal = handle;
  onClosedOutput = handleClosedOutput;
  try {
    return await work();
  } finally {
    onSignal = undefined;
    onClosedOutput = undefined;
  }
}

/** Ends the process once its output is written. Timers or servers of the config's modules would otherwise keep it alive. */
export function endWith(code: number): void {
  process.exitCode = code;
  process.stdout.write('', () => process.stderr.write('', () => process.exit()));
}
