import { Token } from 'cdktf';
import { z } from 'zod';
import { acceptedNumber } from '../problems/accepted';
import { type Fix, useAccepted, writeAccepted } from '../problems/fix';
import { foundValue, UNKNOWN_VALUE } from '../problems/found';
import { either, formatCount } from '../problems/phrases';
import type { Finding } from '../problems/problem';
import { ACCOUNT_ID, KNOWN_ACCOUNT } from './account-id';

/** Where a check reports its findings. */
export type CheckContext = Pick<z.core.ParsePayload, 'issues' | 'value'>;

/**
 * Reports a finding with what was found, what is accepted and how to fix it.
 *
 * @param path from the checked value to the property with the problem
 */
export function refuse(context: CheckContext, finding: Finding, path: readonly PropertyKey[] = []): void {
  // `continue`: a value of the right type with the wrong content must not keep outer checks from running.
  const issue = {
    code: 'custom' as const,
    input: context.value,
    params: { ...finding },
    path: [...path],
    message: String(finding.fix),
  };
  context.issues.push({ ...issue, continue: true });
}

/**
 * An object that accepts only the keys of its shape.
 *
 * @param accepted what to show as accepted for a value that isn't an object. @default an object
 */
export function strict<Shape extends z.core.$ZodLooseShape>(shape: Shape, accepted?: (input: unknown) => string) {
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code === 'unrecognized_keys') {
        ACCEPTED_KEYS.set(issue.keys, Object.keys(shape));
        return undefined;
      }
      return issue.code === 'invalid_type' && issue.input !== undefined ? accepted?.(issue.input) : undefined;
    },
  });
}

/** The keys of a shape, by the list of the keys in an issue that are not among them. It is all that zod keeps of what it checked. */
const ACCEPTED_KEYS = new WeakMap<readonly string[], readonly string[]>();

/** The keys that an object with unrecognized keys accepts. */
export function acceptedKeys({ keys }: z.core.$ZodIssueUnrecognizedKeys): readonly string[] {
  return ACCEPTED_KEYS.get(keys) ?? [];
}

/** What the message of an issue says of a value of the wrong type, by the issue's path: zod keeps the message only. */
const ACCEPTED_AS = new WeakMap<readonly PropertyKey[], Finding['acceptedAs']>();

/** What the message about a value of the wrong type says, as data. */
export function wrongTypeAs({ path }: z.core.$ZodIssueInvalidType): Pick<Finding, 'acceptedAs'> {
  return { acceptedAs: ACCEPTED_AS.get(path) };
}

/** What the report says instead of a value of the wrong type that can be a secret, by the issue's path. */
const HIDDEN = new WeakMap<readonly PropertyKey[], string>();

/** Keeps a value of the wrong type out of the report. Call it where the message of the issue is made. */
export function hideWrongType(path: readonly PropertyKey[] | undefined, found: string): void {
  if (path !== undefined) HIDDEN.set(path, found);
}

/** What the report says instead of the value of an issue, or undefined: the value. */
export function hiddenAs({ path, input }: Pick<z.core.$ZodIssue, 'path' | 'input'>): string | undefined {
  return input === undefined || input === null ? undefined : HIDDEN.get(path);
}

/** Parts of a value in which other checks might have found problems: every property can be missing or have another type. */
export type Unchecked<T> = { readonly [Key in keyof T]?: unknown };

/**
 * Adds a check that involves several properties of an object. It runs even if single properties are wrong, so that one report includes
 * every problem. The properties are therefore of unknown type.
 */
export function across<Schema extends z.ZodObject>(
  schema: Schema,
  check: (value: Unchecked<z.output<Schema>>, context: CheckContext) => void,
): Schema {
  return schema.superRefine(
    (value, context) => {
      if (typeof value === 'object' && value !== null && !Array.isArray(value))
        check(value as Unchecked<z.output<Schema>>, context);
    },
    { when: () => true },
  );
}

interface NumberRange {
  /** Unit for the report, such as `seconds` or `MiB`. @default none, such as for a port */
  readonly unit?: string;
  readonly min: number;
  readonly max?: number;
  /** Reason of the limit. The report shows it after the number to use. */
  readonly why?: string;
  /** Whether fractions are accepted. @default false */
  readonly fraction?: boolean;
  /** What the number determines at synthesis. A value known only to Terraform is then refused. @default a token is accepted */
  readonly shapes?: string;
  /** The fix for a number that is probably in another unit. @default a near number, else the range */
  readonly meant?: (value: number) => string | undefined;
}

/**
 * A number within a range. Accepts a CDKTF number token (a large negative number for a value known only to Terraform), since its value
 * is unknown at synthesis.
 */
export function numberIn({ unit, min, max, why, fraction = false, shapes, meant }: NumberRange) {
  const range = numberRange(unit, min, max);
  const data = acceptedNumber({ range, isBounded: max !== undefined, fraction });
  const { accepted } = data;
  return z
    .number({ error: () => accepted })
    .check((context) => {
      const { value } = context;
      if (isToken(value)) {
        if (shapes === undefined) return;
        const found = UNKNOWN_VALUE;
        const fix = `write the number itself: it is needed for ${shapes}`;
        refuse(context, { code: 'unknown-value', found, accepted, fix });
        return;
      }
      const whole = fraction || Number.isInteger(value);
      if (whole && value >= min && (max === undefined || value <= max)) return;
      const nearest = Math.min(Math.max(fraction ? value : Math.ceil(value), min), max ?? Number.POSITIVE_INFINITY);
      const near = `use ${nearest}${why === undefined ? '' : `: ${why}`}`;
      const fix = meant?.(value) ?? (isNear(value, nearest) ? near : useAccepted(whole ? range : accepted, why));
      refuse(context, { code: whole ? 'out-of-range' : 'wrong-type', found: foundValue(value), ...data, fix });
    })
    .meta({
      type: fraction ? 'number' : 'integer',
      minimum: min,
      ...(max === undefined ? {} : { maximum: max }),
      unit,
    });
}

function numberRange(unit: string | undefined, min: number, max: number | undefined): string {
  const range = max === undefined ? `${formatCount(min)} or more` : `${formatCount(min)} to ${formatCount(max)}`;
  return unit === undefined ? range : `${range} ${unit}`;
}

/** Whether a number is close enough to suggest: the difference is at most 10% or 1. */
function isNear(value: number, other: number): boolean {
  return Math.abs(value - other) <= Math.max(1, Math.abs(other) / 10);
}

/** One of a list of numbers. Accepts a CDKTF number token. */
export function numberOf(numbers: readonly number[], unit: string) {
  const accepted = `${either(numbers.map(formatCount))} ${unit}`;
  return z
    .number({ error: () => accepted })
    .check((context) => {
      const { value } = context;
      if (isToken(value) || numbers.includes(value)) return;
      const below = numbers.filter((number) => number < value).at(-1);
      const above = numbers.find((number) => number > value);
      const near = [below, above].filter((number) => number !== undefined);
      const fix = `use ${either(near.map(String))}`;
      refuse(context, { code: 'out-of-range', found: foundValue(value), accepted, fix });
    })
    .meta({ enum: [...numbers] });
}

/** Whether a value is a CDKTF token, known only to Terraform: a string or number, an element of a list, or a key of a map. */
export function isToken(value: string | number): boolean {
  return Token.isUnresolved(value) || Token.isUnresolved([value]) || Token.isUnresolved({ [value]: '' });
}

interface TextRule extends Pick<Finding, 'accepted' | 'acceptedAs'> {
  readonly pattern: RegExp;
  /** The fix for a string of another form. A function gets the string. */
  readonly fix: Fix | ((found: string) => Fix);
  /** Properties beside this one that belong to a string of another form: the fix settles the problems with them. @default none */
  readonly settles?: (found: string) => readonly string[];
  /** Whether a directive such as `$ResourceParam('reports', 'arn')` is accepted. @default false */
  readonly orDirective?: boolean;
}

/** Start of a directive. The directive check, which knows the config's resources, reports a wrong one. */
const DIRECTIVE = /^\$[A-Za-z]+\(/;

/** Whether a string starts as a directive does. */
export function isDirective(value: string): boolean {
  return DIRECTIVE.test(value);
}

/** A string of a given form. Accepts a string with a CDKTF token, since its final value is unknown at synthesis. */
export function text({ pattern: own, accepted, acceptedAs, fix, settles, orDirective = false }: TextRule) {
  const pattern = orDirective ? new RegExp(`${own.source}|${DIRECTIVE.source}`, own.flags) : own;
  return z
    .string({
      error: ({ path }) => {
        if (acceptedAs !== undefined && path !== undefined) ACCEPTED_AS.set(path, acceptedAs);
        return accepted;
      },
    })
    .check((context) => {
      const { value } = context;
      if (pattern.test(value) || isToken(value)) return;
      const written = value.includes(ACCOUNT_ID) ? KNOWN_ACCOUNT : typeof fix === 'function' ? fix(value) : fix;
      const finding = { code: 'invalid-format', found: foundValue(value), accepted, acceptedAs, fix: written } as const;
      refuse(context, { ...finding, ...(settles !== undefined && { settles: settles(value) }) });
    })
    .meta({ pattern: pattern.source });
}

/** A non-empty string. */
export function nonEmpty(what: string) {
  return text({ pattern: /\S/, accepted: what, fix: writeAccepted(what) });
}

/** A map with keys of a given form. Unlike zod's record, checks the value of a wrong key too. */
export function mapOf<Value extends z.ZodType>(key: z.ZodString, value: Value) {
  const { $schema, ...propertyNames } = z.toJSONSchema(key);
  return z
    .record(z.string(), value)
    .superRefine(
      (map: unknown, context) => {
        if (typeof map !== 'object' || map === null || Array.isArray(map)) return;
        for (const name of Object.keys(map)) {
          const issues = key.safeParse(name, { reportInput: true }).error?.issues ?? [];
          if (issues.length === 0) continue;
          context.issues.push({
            code: 'invalid_key',
            origin: 'record',
            issues,
            input: name,
            path: [name],
            continue: true,
          });
        }
      },
      { when: () => true },
    )
    .meta({ propertyNames });
}

/** Refuses an object unless exactly one of the given properties is set. */
export function exactlyOne(
  value: { readonly [key: string]: unknown },
  keys: readonly string[],
  context: CheckContext,
): void {
  const given = keys.filter((key) => value[key] !== undefined);
  if (given.length === 1) return;
  const accepted = `exactly one of ${keys.join(', ')}`;
  if (given.length === 0) {
    const fix = `add ${either(keys)}`;
    refuse(context, { code: 'missing-property', found: 'none of them', accepted, options: keys, fix });
    return;
  }
  const fix = `keep ${given[0]} and remove ${given.slice(1).join(' and ')}`;
  refuse(context, { code: 'conflict', found: given.join(' and '), accepted, fix });
}
