import { isToken } from '../../modules/config/checked';
import { acceptedOptions } from '../../modules/problems/accepted';
import { formatFound, foundName, foundValue } from '../../modules/problems/found';
import type { Finding } from '../../modules/problems/problem';
import { suggestion } from '../../modules/problems/suggestion';
import { type Dialect, entryProblem, isBareCondition } from './match-expression';

export type PatternPath = (string | number)[];
export type Report = (finding: Finding, path: PatternPath) => void;

/** What a pattern selects from: EventBridge's events, or the records of a queue or stream. */
export interface Grammar {
  readonly dialect: Dialect;
  /** The properties at the top of a pattern, and what each accepts: a list of values and filters, an object of further properties, or both. */
  readonly top: { readonly [property: string]: 'list' | 'object' | 'any' };
  /** Whether the schema of the pattern refuses unknown properties at its top. Those in `$or` are checked here. */
  readonly isTopChecked: boolean;
  /** A pattern, for reports. */
  readonly example: string;
  /** What to do with an unknown property at the top. @default what is written nearly so, or remove it */
  fixUnknown?(key: string): string | undefined;
}

/** Names that EventBridge reserves inside `$or`: its operators, and some for future use. */
const RESERVED_IN_OR: readonly string[] = [
  ...['prefix', 'suffix', 'equals-ignore-case', 'wildcard', 'anything-but', 'numeric', 'exists', 'cidr', 'exactly'],
  ...['=', '<', '<=', '>', '>=', 'regex', 'not-wildcard', 'not-equals-ignore-case'],
  ...['date-after', 'date-on-or-after', 'date-before', 'date-on-or-before', 'in-date-range'],
  ...['ip-address-in-range', 'ip-address-not-in-range'],
];

interface Level {
  readonly path: PatternPath;
  /** Whether the level is the top of the pattern, also of one in `$or`. */
  readonly isTop: boolean;
  readonly inOr: boolean;
}

/**
 * Checks all levels of a pattern.
 *
 * @returns the number of combinations through `$or`
 */
export function checkPattern(pattern: { readonly [key: string]: unknown }, grammar: Grammar, report: Report): number {
  return new PatternCheck(grammar, report).checkLevel(pattern, { path: [], isTop: true, inOr: false });
}

class PatternCheck {
  private readonly service: string;
  private readonly operators: readonly string[];

  constructor(
    private readonly grammar: Grammar,
    private readonly report: Report,
  ) {
    this.service = grammar.dialect.service;
    this.operators = grammar.dialect.operators;
  }

  checkLevel(pattern: { readonly [key: string]: unknown }, level: Level): number {
    return Object.entries(pattern).reduce(
      (combinations, [key, value]) => combinations * this.checkProperty(pattern, key, value, level),
      1,
    );
  }

  private checkProperty(
    pattern: { readonly [key: string]: unknown },
    key: string,
    value: unknown,
    level: Level,
  ): number {
    const { path, isTop, inOr } = level;
    const at = [...path, key];
    if (key === '$or') {
      this.refuseHidden(pattern, value, at);
      return this.checkOr(value, { ...level, path: at });
    }
    if (inOr && RESERVED_IN_OR.includes(key)) {
      const fix = this.operators.includes(key) ? 'put it into the list of a property' : 'select by another property';
      this.report({ found: foundName(key), accepted: `a name that ${this.service} does not reserve in $or`, fix }, at);
      return 1;
    }
    const accepts = isTop ? this.topProperty(key) : 'any';
    if (accepts === undefined) {
      if (inOr || !this.grammar.isTopChecked) this.report(this.unknownProperty(key), at);
      return 1;
    }
    if (isObject(value) && accepts !== 'list') return this.checkObject(value, { path: at, isTop: false, inOr });
    if (accepts === 'object') this.report(noObject(key, value), at);
    else this.checkList(value, at, accepts === 'any');
    return 1;
  }

  private topProperty(key: string): Grammar['top'][string] | undefined {
    return Object.hasOwn(this.grammar.top, key) ? this.grammar.top[key] : undefined;
  }

  private unknownProperty(key: string): Finding {
    const known = Object.keys(this.grammar.top);
    const meant = suggestion(key, known);
    const other = this.grammar.fixUnknown?.(key);
    const fix = other ?? (meant === undefined ? 'remove it' : `did you mean "${meant}"?`);
    return { found: `the unknown property "${key}"`, ...acceptedOptions(known), fix };
  }

  private checkObject(value: { readonly [key: string]: unknown }, level: Level): number {
    if (isBareCondition(value, this.grammar.dialect)) {
      this.report({ found: foundValue(value), accepted: MATCHER, fix: `write [${formatFound(value)}]` }, level.path);
      return 1;
    }
    if (Object.keys(value).length === 0) {
      const fix = 'add a property, or remove it to match any';
      this.report({ found: foundValue({}), accepted: MATCHER, fix }, level.path);
    }
    return this.checkLevel(value, level);
  }

  private checkOr(value: unknown, level: Level): number {
    const accepted = 'a list of two or more patterns, each an object';
    if (!Array.isArray(value) || value.length < 2) {
      const fix = Array.isArray(value) ? 'add a pattern, or write this one without $or' : 'write a list of patterns';
      this.report({ found: foundValue(value), accepted, fix }, level.path);
      return 1;
    }
    const combinations = value.map((branch: unknown, index) => {
      const path = [...level.path, index];
      if (isObject(branch) && Object.keys(branch).length > 0)
        return this.checkLevel(branch, { ...level, path, inOr: true });
      const fix = `write an object such as ${this.grammar.example}`;
      this.report({ found: foundValue(branch), accepted: 'a pattern: an object of properties', fix }, path);
      return 1;
    });
    return combinations.reduce((sum, count) => sum + count, 0);
  }

  /** Refuses a property both next to `$or` and inside it. EventBridge keeps one list per property, and would drop the other. */
  private refuseHidden(pattern: { readonly [key: string]: unknown }, or: unknown, path: PatternPath): void {
    const { $or: _, ...beside } = pattern;
    const outside = new Set(leaves(beside).map((leaf) => leaf.join('\n')));
    for (const [index, branch] of (Array.isArray(or) ? or : []).entries()) {
      for (const leaf of leaves(branch).filter((item) => outside.has(item.join('\n')))) {
        const fix = `select by it in one place: ${this.service} ignores one of them`;
        const found = `${leaf.join('.')}, which is also next to $or`;
        this.report({ found, accepted: 'properties that are not next to $or', fix }, [...path, index, ...leaf]);
      }
    }
  }

  private checkList(value: unknown, path: PatternPath, orObject: boolean): void {
    if (Array.isArray(value)) {
      const fix = 'add a value, or remove the property to match any';
      if (value.length === 0) this.report({ found: foundValue([]), accepted: MATCHER, fix }, path);
      for (const [index, entry] of value.entries()) {
        const problem = entryProblem(entry, this.grammar.dialect);
        if (problem !== undefined) this.report(problem, [...path, index]);
      }
      return;
    }
    const token = (typeof value === 'string' || typeof value === 'number') && isToken(value);
    const fix = token ? 'put it into a list' : `write [${formatFound(value)}]`;
    const accepted = orObject ? `${MATCHER}, or an object of them` : MATCHER;
    this.report({ found: foundValue(value), accepted, fix }, path);
  }
}

function noObject(key: string, value: unknown): Finding {
  const accepted = `an object with the structure of the ${key}`;
  return { found: foundValue(value), accepted, fix: `use a property of ${key}, such as ${key}: { state: [...] }` };
}

/** The paths of the properties that a pattern selects by, without `$or`. */
function leaves(pattern: unknown): string[][] {
  if (!isObject(pattern)) return [[]];
  return Object.entries(pattern).flatMap(([key, value]) => {
    if (key === '$or') return Array.isArray(value) ? value.filter(isObject).flatMap(leaves) : [];
    return leaves(value).map((leaf) => [key, ...leaf]);
  });
}

const MATCHER = "a list of values or filters, such as ['orders'] or [{ prefix: 'ord' }]";

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
