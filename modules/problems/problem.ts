import type { Fix } from './fix';
import type { Found } from './found';
import type { ProblemCode } from './problem-code';

/** A problem in a config: its path, the value found, what is accepted, and the fix. */
export interface Problem {
  /** Stable name of the kind of problem, for programs. See docs/reference/errors.md. @default depends on the finding */
  readonly code?: ProblemCode;
  /** Path of the property, such as `resources.myBatchJob.properties.events[1].properties.scheduleRate`. */
  readonly path: string;
  /** The value found, shortened, or a description of what was found. */
  readonly found: string;
  /** What is accepted instead: type, unit and range. */
  readonly accepted: string;
  /** The likely fix, as an instruction or a question. */
  readonly fix: string;
  /** The problem, in one or two sentences. @default made from `path`, `found` and `accepted` */
  readonly message?: string;
  /** Place of the property in the config's file. For a missing property, the place of its parent. Unknown for programs. */
  readonly place?: Position;
}

/** A place in a file. Lines and columns start at 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** `accepted` as data, from which the sentences about it are made. Its text too, if it is a list of values or a range. */
export interface AcceptedData {
  /**
   * What the text says: what the value has (`It must have up to 8 letters`), or a rule, which is about more than the value
   * (`Expected each name once`). @default what the value is: `It must be a string`
   */
  readonly acceptedAs?: 'content' | 'rule';
  /** The values, in the order of `accepted`. */
  readonly options?: readonly string[];
  /** The range without the kind of number: `1 to 9 seconds`. */
  readonly range?: string;
}

/** What a check reports about a value. The caller adds path and place. */
export interface Finding extends Omit<Problem, 'path' | 'place' | 'found' | 'fix'>, AcceptedData {
  readonly found: Found;
  readonly fix: Fix;
  /** The property that is probably meant by an unknown one beside it. */
  readonly meant?: string;
  /** Properties beside this one, or itself: the fix settles all problems with their values, too. @default none */
  readonly settles?: readonly string[];
}

/** A problem as data: its path is formatted, and its sentences are made, once it is in an error. */
export interface StatedProblem extends Finding, Pick<Problem, 'place'> {
  /** Keys and indices from the config, or from the construct's properties, to the value. */
  readonly keys: readonly PropertyKey[];
}

/** A finding with the path of its value. */
export interface LocatedFinding {
  readonly path: readonly PropertyKey[];
  readonly finding: Finding;
}

/** A problem in an error. It always has a code and a message. */
export type ReportedProblem = Problem & Required<Pick<Problem, 'code' | 'message'>>;

/** A problem in an error, with what its path and sentences are made from. */
export type ReportedStatedProblem = StatedProblem & Pick<ReportedProblem, 'path' | 'code' | 'message'>;

/** A key that needs no quotes in a path. */
const WORD = /^[\w$-]+$/;

/** Keys and indices as a path: `a.b[1].c`. A key with special characters is quoted: `tags["aws:x"]`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    if (!WORD.test(String(key))) return `${text}[${JSON.stringify(String(key))}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}

/** The end of a path that names its value: `events[1]` for an entry of a list, `tags["a b"]` for a quoted key. Undefined if nothing does. */
export function propertyName(path: readonly PropertyKey[]): string | undefined {
  const end = path.map((key) => typeof key === 'string' && WORD.test(key)).lastIndexOf(true);
  return end < 0 ? undefined : formatPath(path.slice(end));
}

/** The problem of a part, as one of the whole in which the part is at a path. */
export function inside(
  { path, ...problem }: StatedProblem & Partial<Pick<Problem, 'path'>>,
  base: readonly PropertyKey[],
): StatedProblem {
  return { ...problem, keys: [...base, ...problem.keys] };
}
