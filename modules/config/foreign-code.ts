import type { Finding, Position } from '../problems/problem';
import { type Fault, faultPosition, faultText } from './fault';

/** A fault of a config's code that ends it without a config. */
export class ForeignCodeError extends Error {
  constructor(
    readonly finding: Finding,
    /** Place in the config's file, if known. */
    readonly place?: Position,
  ) {
    super(String(finding.found));
  }
}

/** Maximum time for a config to load, in seconds, including requests to other services. */
const LIMIT_SECONDS = 60;

interface Guard {
  /** What an uncaught error says. */
  readonly describe: (error: unknown) => Fault;
  /** Reports the problem before the process exits. */
  readonly onExit: (finding: Finding) => void;
  /** Maximum time in seconds. @default 60 */
  readonly limitSeconds?: number;
}

/**
 * Runs code from outside the project. It can throw where nothing catches the error, end the process, or never finish.
 *
 * @throws ForeignCodeError for an uncaught error, for a promise that nothing can settle any more, and after the time limit. Errors of the
 * code itself are passed on
 */
export async function guarded<Result>(
  run: () => Promise<Result>,
  { describe, onExit, limitSeconds = LIMIT_SECONDS }: Guard,
): Promise<Result> {
  const undo: (() => void)[] = [];
  const stopped = new Promise<never>((_, reject) => {
    const on = (event: string, act: (error: unknown) => void) => {
      process.on(event, act);
      undo.push(() => process.off(event, act));
    };
    for (const event of ['unhandledRejection', 'uncaughtException']) {
      on(event, (error) => reject(uncaught(describe(error))));
    }
    on('beforeExit', () => reject(new ForeignCodeError(NEVER)));
    on('exit', (code) => {
      // A signal ended the process. It needs no report.
      if (Number(code) > 128) return;
      process.exitCode = 1;
      onExit({ ...EXITED, found: `process.exit(${code === 0 ? '' : code})` });
    });
    // The code can wait for something that never answers.
    const timer = setTimeout(() => reject(new ForeignCodeError(late(limitSeconds))), limitSeconds * 1000);
    timer.unref();
    undo.push(() => clearTimeout(timer));
  });
  try {
    return await Promise.race([run().then(afterRejections), stopped]);
  } finally {
    for (const stop of undo) stop();
  }
}

/** Node.js reports rejected promises after all pending microtasks. */
function afterRejections<Result>(result: Result): Promise<Result> {
  return new Promise((resolve) => setImmediate(resolve, result));
}

function uncaught(fault: Fault): ForeignCodeError {
  const finding: Finding = {
    code: 'failed-config',
    message: `The config failed with an error that nothing catches: ${fault.text}`,
    found: faultText(fault),
    accepted: 'a program that throws no error outside of its exports',
    fix: 'await the promise, or catch the error',
  };
  return new ForeignCodeError(finding, faultPosition(fault));
}

const NEVER: Finding = {
  code: 'failed-config',
  message: 'The config waits for a promise that never settles.',
  found: 'a promise that never settles',
  accepted: 'a config, or a promise that settles',
  fix: 'look for a resolve that is never called, or an await of it',
};

const EXITED: Omit<Finding, 'found'> = {
  code: 'failed-config',
  message: 'The config ends the process with process.exit.',
  accepted: 'a program that ends by itself',
  fix: 'remove process.exit; throw an error to say what is wrong',
};

function late(seconds: number): Finding {
  return {
    code: 'failed-config',
    message: `The config did not load within ${seconds} seconds.`,
    found: `no config after ${seconds} seconds`,
    accepted: `a config within ${seconds} seconds`,
    fix: 'look for a promise that is never settled, or a request that is never answered',
  };
}
