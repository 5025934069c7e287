import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

type Signal = (typeof SIGNALS)[number];

/** What a signal does for now. */
let onSignal: ((signal: Signal) => void) | undefined;
let onClosedOutput: (() => void) | undefined;

/** Has signals, and a reader of the output that is gone, end the process so that what `atExit` has to undo is undone. */
export function endOnSignals(): void {
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

/** Has signals handled by work that must not be broken off, and lets it go on when nobody reads the output, until it is done. */
export async function holdingSignals<Result>(
  handle: (signal: Signal) => void,
  work: () => Promise<Result>,
): Promise<Result> {
  onSignal = handle;
  onClosedOutput = () => {};
  try {
    return await work();
  } finally {
    onSignal = undefined;
    onClosedOutput = undefined;
  }
}

/** Ends the process when whoever reads its output has got all of it. The config may have left timers or servers behind, which would keep it alive. */
export function endWith(code: number): void {
  process.exitCode = code;
  process.stdout.write('', () => process.stderr.write('', () => process.exit()));
}
