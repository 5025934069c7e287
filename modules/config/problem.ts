import type { ProblemCode } from './problem-code';
import { codeOf, messageOf } from './problem-message';
import { report } from './report';

/** One thing that is wrong with a config: where, what is there, what is accepted, and what to do about it. */
export interface Problem {
  /** Stable name of the kind of problem, for programs: see docs/reference/errors.md. @default follows from the finding */
  readonly code?: ProblemCode;
  /** Path of the property, such as `resources.myBatchJob.properties.events[1].properties.scheduleRate`. */
  readonly path: string;
  /** The value found, shortened, or what was found instead of one. */
  readonly found: string;
  /** What is accepted instead: type, unit and range. */
  readonly accepted: string;
  /** The likely fix, as an instruction or a question. */
  readonly fix: string;
  /** What is wrong, in one or two sentences. @default made from the path, `found` and `accepted` */
  readonly message?: string;
  /** Where the property is in the config's file; if it is missing, what it is missing from. Unknown for programs. */
  readonly place?: Place;
}

/** A place in a file, counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** What a check says of a value; path and place are added by the caller that knows them. */
export type Finding = Omit<Problem, 'path' | 'place'>;

/** A finding, and the way to the value that it is about. */
export interface LocatedFinding {
  readonly path: readonly PropertyKey[];
  readonly finding: Finding;
}

/** A problem as programs get it: each has its code and its message. */
export type ReportedProblem = Problem & Required<Pick<Problem, 'code' | 'message'>>;

/**
 * All problems of a config in one error. Its message is the report that a person reads; it needs no stack trace.
 *
 * @example
 * import { ConfigError, loadConfig } from 'cdktf-batch-jobs';
 *
 * loadConfig('reports.yml').catch((error: unknown) => {
 *   if (!(error instanceof ConfigError)) throw error;
 *   for (const { path, found, fix } of error.problems) console.error(path, found, fix);
 * });
 */
export class ConfigError extends Error {
  readonly problems: readonly ReportedProblem[];

  /** @param source the config's file, as a path that opens from the working folder, or the construct's path */
  constructor(
    problems: readonly Problem[],
    readonly source: string,
  ) {
    const reported = problems.map((problem) => ({ ...problem, code: codeOf(problem), message: messageOf(problem) }));
    super(report(reported, source));
    this.name = 'ConfigError';
    this.problems = reported;
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
