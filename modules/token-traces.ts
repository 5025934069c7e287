/** Set to any value, it keeps the traces: for whoever follows an error that CDKTF reports of a token. */
export const TOKEN_TRACES_VARIABLE = 'BATCH_JOBS_TOKEN_TRACES';

const NOT_RECORDED = `Error\n    at (not recorded: set ${TOKEN_TRACES_VARIABLE}=1)`;

/**
 * Runs a synthesis in which CDKTF records no stack trace for its tokens.
 *
 * It records one of unlimited depth for each attribute that is referred to and for each block that a resource could have: a third of
 * the time and of the memory of a large stack, for a line in the message of an error about a token. Errors keep their own traces.
 *
 * @param synthesize must not be asynchronous: what runs beside it would lose its traces too.
 * @param environment traces are kept if it holds {@link TOKEN_TRACES_VARIABLE}. @default process.env
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
 * Has CDKTF record no traces in a realm from now on.
 *
 * @returns what undoes it
 */
export function skipTokenTraces({ Error: errors, Object: objects }: typeof globalThis): () => void {
  const capture = errors.captureStackTrace;
  errors.captureStackTrace = (target, below) => {
    // CDKTF asks for the trace of an object literal; errors, whatever their class, are no such.
    if (Object.getPrototypeOf(target) === objects.prototype) Object.assign(target, { stack: NOT_RECORDED });
    else capture(target, below ?? errors.captureStackTrace);
  };
  return () => {
    errors.captureStackTrace = capture;
  };
}
