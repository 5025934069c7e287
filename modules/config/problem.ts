/** One thing that is wrong with a config: where, what stands there, what may stand there, and what to do about it. */
export interface Problem {
  /** Path of the property, such as `resources.myBatchJob.properties.events[1].properties.scheduleRate`. */
  readonly path: string;
  /** The value found, as text, shortened. */
  readonly found: string;
  /** What is accepted in its place: type, unit and range. */
  readonly accepted: string;
  /** The likely fix, as an instruction. */
  readonly fix: string;
  /** Where the property stands in the config's file; if it is missing, what it is missing from. Unknown for programs. */
  readonly place?: Place;
}

/** A place in a file, counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** What a check says of a value; path and place are added by whoever knows them. */
export type Finding = Omit<Problem, 'path' | 'place'>;

/** A finding, and the way to the value that it is about. */
export interface LocatedFinding {
  readonly path: readonly PropertyKey[];
  readonly finding: Finding;
}

/** All problems of a config in one error. Its message is the report that a person reads; it needs no stack trace. */
export class ConfigError extends Error {
  constructor(
    readonly problems: readonly Problem[],
    /** The config's file, or the construct's path. */
    readonly source: string,
  ) {
    super(report(problems, source));
    this.name = 'ConfigError';
  }
}

/** `a.b[1].c` of a list of keys and indices; a key that is no plain word stands in quotes: `tags["aws:x"]`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    if (!/^[\w$-]+$/.test(String(key))) return `${text}[${JSON.stringify(String(key))}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}

/** The keys and indices of a formatted path. */
export function parsePath(path: string): (string | number)[] {
  return [...path.matchAll(/\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|[^.[\]]+/g)].map(([word, index, key]) =>
    index === undefined ? (key === undefined ? word : JSON.parse(key)) : Number(index),
  );
}

/** The path of what stands at a formatted path within what stands at another one. */
export function inside(base: string, path: string): string {
  return path === '' || path.startsWith('[') ? `${base}${path}` : `${base}.${path}`;
}

const SHOWN_LENGTH = 120;

/** A value as a person would write it in the config, cut to 120 characters. */
export function formatFound(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  const text = safeJson(value);
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH - 3)}...` : text;
}

function safeJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}

function report(problems: readonly Problem[], source: string): string {
  const title = `${source}: ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}`;
  const entries = problems.map(({ path, place, found, accepted, fix }, index) =>
    [
      // `file:line:column`, which terminals and editors make a link.
      `${index + 1}. ${path === '' ? '(the whole config)' : path}${place === undefined ? '' : ` (${source}:${place.line}:${place.column})`}`,
      `   found     ${indented(found)}`,
      `   accepted  ${indented(accepted)}`,
      `   fix       ${indented(fix)}`,
    ].join('\n'),
  );
  return [title, ...entries].join('\n\n');
}

/** Messages of compilers take several lines. */
function indented(text: string): string {
  return text.trim().replace(/\n/g, '\n             ');
}
