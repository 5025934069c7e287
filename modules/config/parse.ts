import type { z } from 'zod';
import { ConfigError } from '../problems/config-error';
import { formatPath, type LocatedFinding, type Position, type StatedProblem } from '../problems/problem';
import { takeTexts } from './as-written';
import type { MovedPart } from './moved-parts';
import { plainData, type ScalarText } from './plain-data';
import { valueAt } from './value-at';
import { vocabularyOf } from './vocabulary';

export interface ParseOptions {
  /** Finds the place of a property in the file. @default no places are shown */
  readonly locate?: (path: readonly PropertyKey[]) => Position | undefined;
  /** Problems that are already known. The schema's problems with the same values are left out. @default none */
  readonly known?: readonly LocatedFinding[];
  /** The notation in the file of values that JavaScript would print differently. @default as JavaScript prints them */
  readonly texts?: readonly ScalarText[];
  /** Other properties that the value's source accepts, for suggestions about an unknown one. @default none */
  readonly more?: readonly string[];
  /** Parts that are elsewhere in the file. @default none */
  readonly moved?: readonly MovedPart[];
  /** Looks for problems that would else be found after these checks. Called only if there are others, with these. @default none */
  readonly further?: (value: unknown, found: readonly LocatedFinding[]) => readonly LocatedFinding[];
}

/**
 * The value with every default filled in. Where a string is expected, a number or boolean keeps its notation in the file.
 *
 * @throws ConfigError with every problem of the value
 */
export function parse<Schema extends z.ZodType>(
  schema: Schema,
  given: unknown,
  source: string,
  { locate, moved = [], ...options }: ParseOptions = {},
): z.output<Schema> {
  const { value, findings } = checked(schema, given, options);
  if (findings.length === 0) return value as z.output<Schema>;
  const { writtenPath } = require('./moved-parts') as typeof import('./moved-parts');
  const problems = findings.map(({ path, finding }): StatedProblem => {
    const keys = writtenPath(path, moved);
    const place = locate?.(keys);
    return { keys, ...(place && { place }), ...finding };
  });
  throw new ConfigError(problems, source);
}

/** The findings about a value that is a property of a construct, without their codes: the construct's problems have general ones. */
export function findingsAbout(schema: z.ZodType, given: unknown): LocatedFinding[] {
  const { findings } = checked(schema, given, {});
  return findings.map(({ path, finding: { code, message, ...finding } }) => ({ path, finding }));
}

/** The findings in the order of the config, and the value with every default filled in if there are none. */
function checked(
  schema: z.ZodType,
  given: unknown,
  { known = [], texts = [], more = [], further }: Omit<ParseOptions, 'locate' | 'moved'>,
): { readonly value?: unknown; readonly findings: readonly LocatedFinding[] } {
  const plain = plainData(given);
  const { value, findings } = plain;
  const numbers = takeTexts(schema, plain, texts);
  const result = schema.safeParse(value, { reportInput: true, error: (issue) => issues().wordsOf(issue) });
  const wrong = [...known, ...distinct(findings, known)];
  if (result.success && wrong.length === 0 && numbers.length === 0) return { value: result.data, findings: [] };
  const { withoutFollowUps, withoutRepeats, withoutSettled } = require('./follow-ups') as typeof import('./follow-ups');
  const spelled = new Map(texts.map(({ path, text }) => [formatPath(path), text]));
  const around = { schema, root: value, spelled, more, vocabulary: vocabularyOf(schema) };
  const ofSchema = withoutRepeats(issues().issueFindings(result.error?.issues ?? [], around));
  const open = withoutSettled([...wrong, ...ofSchema]);
  const before = wrong.filter((finding) => open.includes(finding));
  const replaced = before.filter(({ path }) => valueAt(value, path) === null);
  const located = distinct(
    ofSchema.filter((finding) => open.includes(finding)),
    before,
  ).filter((one) => !isAround(one, replaced));
  // The schema's finding about a number that is too large says more.
  const here = [...before, ...located, ...distinct(numbers, [...before, ...located])];
  const all = withoutFollowUps([...here, ...distinct(further?.(value, here) ?? [], here)]);
  return { findings: inDocumentOrder(value, all) };
}

/** Loaded only if needed: most configs have no problems. */
function issues() {
  return require('./issues') as typeof import('./issues');
}

/** The findings at paths without a known finding. */
function distinct(findings: readonly LocatedFinding[], known: readonly LocatedFinding[]): LocatedFinding[] {
  const paths = new Set(known.map(({ path }) => formatPath(path)));
  return findings.filter(({ path }) => !paths.has(formatPath(path)));
}

/** Whether a finding is about the type of a list or object with one of these parts. Null in their place is not what the user wrote. */
function isAround({ path, finding }: LocatedFinding, parts: readonly LocatedFinding[]): boolean {
  if (finding.code !== 'wrong-type') return false;
  return parts.some(({ path: part }) => part.length > path.length && path.every((key, index) => part[index] === key));
}

/** Sorts problems in the order of the config. A missing property is at the end of its object. */
function inDocumentOrder(value: unknown, located: readonly LocatedFinding[]): LocatedFinding[] {
  return located
    .map((one) => ({ one, ranks: ranks(value, one.path) }))
    .sort((a, b) => compareRanks(a.ranks, b.ranks))
    .map(({ one }) => one);
}

/** The position of each key of a path among its siblings. */
function ranks(value: unknown, path: readonly PropertyKey[]): number[] {
  let node = value;
  return path.map((key) => {
    const siblings = typeof node === 'object' && node !== null ? Object.keys(node) : [];
    const rank = siblings.indexOf(String(key));
    node = rank < 0 ? undefined : (node as { [key: PropertyKey]: unknown })[key];
    return rank < 0 ? siblings.length : rank;
  });
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const differing = a.findIndex((rank, index) => rank !== b[index]);
  return differing < 0 ? a.length - b.length : (a[differing] as number) - (b[differing] ?? -1);
}
