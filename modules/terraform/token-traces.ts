/** Keeps the traces if set to any value. Use it to debug an error that CDKTF reports for a token. */
export const TOKEN_TRACES_VARIABLE = 'BATCH_JOBS_TOKEN_TRACES';

const NOT_RECORDED = `Error\n    at (not recorded: set ${TOKEN_TRACES_VARIABLE}=1)`;

/**
 * Runs a synthesis without CDKTF's stack traces of tokens.
 *
 * CDKTF records a trace of unlimited depth for each reference to an attribute and for each block that a resource can have. They take a
 * third of the time and memory of a large stack, for one line in the message of an error about a token. Errors keep their own traces.
 *
 * @param synthesize must be synchronous: anything that runs concurrently would lose its traces too.
 * @param environment traces are kept if it holds {@link TOKEN_TRACES_VARIABLE}.
 * @default environment - process.env
 */
export function withoutTokenTraces<Result>(
  synthesize: () => Result,
  environment: { readonly [name: string]: string | undefined } = process.env,
): Result {
  if (environment[TOKEN_TRACES_VARIABLE]) return synthesize();
  const restore = skipTokenTraces(globalThis);
  try {
    return synthesize();
  } finally {
    restore();
  }
}

/**
 * Turns off CDKTF's traces in a realm.
 *
 * @returns a function that turns them on again
 */
export function skipTokenTraces({ Error: errors, Object: objects }: typeof globalThis): () => void {
  const capture = errors.captureStackTrace;
  errors.captureStackTrace = (target, below) => {
    // CDKTF captures the trace of an object literal. Errors, of any class, are not object literals.
    if (Object.getPrototypeOf(target) === objects.prototype) Object.assign(target, { stack: NOT_RECORDED });
    else capture(target, below ?? errors.captureStackTrace);
  };
  return () => {
    errors.captureStackTrace = capture;
  };
}
