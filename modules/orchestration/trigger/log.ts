/**
 * Writes one line of JSON. Straight to standard output: `console` would put its own prefix before it, and Lambda takes
 * a line with `level` and `timestamp` as it is, whether the function's log format is text or JSON.
 */
export function log(level: 'INFO' | 'ERROR', entry: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify({ timestamp: new Date().toISOString(), level, ...entry })}\n`);
}

/** An error and what caused it, as far down as it goes, in one value that can be logged. */
export function errorChain(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code } = error as NodeJS.ErrnoException;
  return {
    name: error.name,
    message: error.message,
    ...(code === undefined ? {} : { code }),
    ...(error.cause === undefined ? {} : { cause: errorChain(error.cause) }),
  };
}
