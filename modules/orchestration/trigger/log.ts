/**
 * Writes one line of JSON to standard output. `console` would add a prefix. Lambda accepts a line with `level` and `timestamp` unchanged,
 * with text as well as JSON log format.
 */
export function log(level: 'INFO' | 'ERROR', entry: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify({ timestamp: new Date().toISOString(), level, ...entry })}\n`);
}

/** An error and its chain of causes, as one value for the log. */
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
