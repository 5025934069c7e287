import type { Finding } from './problem';

/** Something that the code of a config did instead of giving a config. */
export class ForeignCodeError extends Error {
  constructor(readonly finding: Finding) {
    super(finding.found);
  }
}

/** Seconds that a config may take to load, requests to other services included. */
const LIMIT_SECONDS = 60;

interface Guard {
  /** The message of an error that nobody caught. */
  readonly describe: (error: unknown) => string;
  /** Tells what is wrong if the process ends meanwhile, before it does. */
  readonly onExit: (finding: Finding) => void;
  /** @default 60 */
  readonly limitSeconds?: number;
}

/**
 * Runs code that somebody else wrote. It may throw where nobody can catch it, end the process, or never come to an end.
 *
 * @throws ForeignCodeError for an error that nobody catches, for a promise that nothing can settle any more, and after the time limit;
 * and whatever the code throws itself.
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
    on('unhandledRejection', (error) => reject(new ForeignCodeError(uncaught(describe(error)))));
    on('uncaughtException', (error) => reject(new ForeignCodeError(uncaught(describe(error)))));
    on('beforeExit', () => reject(new ForeignCodeError(NEVER)));
    on('exit', (code) => {
      // A signal, which says enough by itself.
      if (Number(code) > 128) return;
      process.exitCode = 1;
      onExit({ ...EXITED, found: `process.exit(${code === 0 ? '' : code})` });
    });
    // What it waits for may be alive and never answer.
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

/** Node.js tells of rejected promises when all that was due is done. */
function afterRejections<Result>(result: Result): Promise<Result> {
  return new Promise((resolve) => setImmediate(resolve, result));
}

function uncaught(found: string): Finding {
  return {
    code: 'failed-config',
    message: `The config failed with an error that nothing catches: ${found.replace(/ \(line [^)]*\)$/, '')}`,
    found,
    accepted: 'a program that throws no error outside of its exports',
    fix: 'await the promise, or catch the error',
  };
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
