/** What a job starts with. */
export interface EntryPoint {
  /** Path of the file, as in the config. */
  readonly path: string;
  /** The object in the file, for Python only: a function, a method or an application. @default the file itself is run */
  readonly object?: string;
}

/** The entry point that a config names: `jobs/report.ts`, `jobs/report.py`, `jobs/report.py:run`. */
export function entryPoint(entryfilePath: string): EntryPoint {
  const [, path, object] = /^(.*\.py):([^:/\\]*)$/s.exec(entryfilePath) ?? [];
  if (path === undefined) return { path: entryfilePath };
  return { path, ...(object && { object }) };
}
