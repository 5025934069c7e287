import { Token } from 'cdktf';
import { z } from 'zod';
import { type Finding, formatFound } from './problem';

/** What a check reports its findings to. */
export type CheckContext = Pick<z.core.ParsePayload, 'issues' | 'value'>;

/**
 * Lets a check speak in found, accepted and fix; the config's report shows the three.
 * `path` leads from the checked value to the property at fault.
 */
export function refuse(context: CheckContext, finding: Finding, path: (string | number)[] = []): void {
  // `continue`: a value of the right type but the wrong content must not keep checks further out from running.
  const issue = { code: 'custom' as const, input: context.value, params: { ...finding }, path, message: finding.fix };
  context.issues.push({ ...issue, continue: true });
}

/**
 * An object that knows all its keys: any other key is a problem.
 *
 * @param accepted what is accepted in place of something else than an object. @default an object
 */
export function strict<Shape extends z.core.$ZodLooseShape>(shape: Shape, accepted?: (input: unknown) => string) {
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code === 'unrecognized_keys') return Object.keys(shape).join(', ');
      return issue.code === 'invalid_type' && issue.input !== undefined ? accepted?.(issue.input) : undefined;
    },
  });
}

/** Parts of a value that other checks may have found wrong already: every property may be missing or of another type. */
export type Unchecked<T> = { readonly [Key in keyof T]?: unknown };

/**
 * Adds a check over several properties of an object. It runs even if single properties are wrong, so that one report names everything;
 * therefore it gets the properties as unknown.
 */
export function across<Schema extends z.ZodObject>(
  schema: Schema,
  check: (value: Unchecked<z.output<Schema>>, context: CheckContext) => void,
): Schema {
  return schema.superRefine(
    (value, context) => {
      if (typeof value === 'object' && value !== null) check(value as Unchecked<z.output<Schema>>, context);
    },
    { when: () => true },
  );
}

interface NumberRange {
  /** What the number counts, for the report: `seconds`, `MiB`. @default none, such as for a port */
  readonly unit?: string;
  readonly min: number;
  readonly max?: number;
  /** Why the limit exists; the report says it after the number to use. */
  readonly why?: string;
  /** Fractions are accepted. @default false */
  readonly fraction?: boolean;
  /** What the number shapes at synthesis, if it does: a value known to Terraform only is then refused. @default a token is accepted */
  readonly shapes?: string;
  /** The fix for a number that its author seems to have meant in another unit. @default a number that is near, else the range */
  readonly meant?: (value: number) => string | undefined;
}

/**
 * A number within a range. A CDKTF number token (a huge negative number that stands for a value known to Terraform only)
 * passes, since nothing can be said of it here.
 */
export function numberIn({ unit, min, max, why, fraction = false, shapes, meant }: NumberRange) {
  const range = numberRange(unit, min, max);
  const accepted = `${fraction ? 'a number' : 'a whole number'}${max === undefined ? ', ' : ' from '}${range}`;
  return z
    .number({ error: () => accepted })
    .check((context) => {
      const { value } = context;
      if (isToken(value)) {
        if (shapes === undefined) return;
        const found = 'a value that only Terraform knows';
        const fix = `write the number itself: it is needed for ${shapes}`;
        refuse(context, { code: 'unknown-value', found, accepted, fix });
        return;
      }
      const whole = fraction || Number.isInteger(value);
      if (whole && value >= min && (max === undefined || value <= max)) return;
      const nearest = Math.min(Math.max(fraction ? value : Math.ceil(value), min), max ?? Number.POSITIVE_INFINITY);
      const use = isNear(value, nearest) ? nearest : whole ? range : accepted;
      const fix = meant?.(value) ?? `use ${use}${why === undefined ? '' : `: ${why}`}`;
      refuse(context, { code: whole ? 'out-of-range' : 'wrong-type', found: formatFound(value), accepted, fix });
    })
    .meta({
      type: fraction ? 'number' : 'integer',
      minimum: min,
      ...(max === undefined ? {} : { maximum: max }),
      unit,
    });
}

function numberRange(unit: string | undefined, min: number, max: number | undefined): string {
  const range = max === undefined ? `${format(min)} or more` : `${format(min)} to ${format(max)}`;
  return unit === undefined ? range : `${range} ${unit}`;
}

/** Whether somebody who wrote a number is likely to be content with another one: at most a tenth away, or one. */
function isNear(value: number, other: number): boolean {
  return Math.abs(value - other) <= Math.max(1, Math.abs(other) / 10);
}

/** One of a few numbers. A CDKTF number token passes. */
export function numberOf(numbers: readonly number[], unit: string) {
  const accepted = `${EITHER.format(numbers.map(format))} ${unit}`;
  return z
    .number({ error: () => accepted })
    .check((context) => {
      const { value } = context;
      if (isToken(value) || numbers.includes(value)) return;
      const below = numbers.filter((number) => number < value).at(-1);
      const above = numbers.find((number) => number > value);
      const near = [below, above].filter((number) => number !== undefined);
      const fix = `use ${EITHER.format(near.map(String))}`;
      refuse(context, { code: 'out-of-range', found: formatFound(value), accepted, fix });
    })
    .meta({ enum: [...numbers] });
}

/** Whether a value stands for one that only Terraform knows: as it is, or as the element of a list or the key of a map. */
export function isToken(value: string | number): boolean {
  return Token.isUnresolved(value) || Token.isUnresolved([value]) || Token.isUnresolved({ [value]: '' });
}

interface TextRule {
  readonly pattern: RegExp;
  readonly accepted: string;
  /** What to do about a text of another form; a function gets the text. */
  readonly fix: string | ((found: string) => string);
  /** Takes a directive such as `$ResourceParam('reports', 'arn')` too. @default false */
  readonly orDirective?: boolean;
}

/** Beginning of a directive; whether it means something is checked where the config's resources are known. */
const DIRECTIVE = /^\$[A-Za-z]+\(/;

/** Whether a text is a directive as a whole. */
export function isDirective(value: string): boolean {
  return DIRECTIVE.test(value);
}

/** A string of a given form. A string that holds a CDKTF token passes, since its final text is not known here. */
export function text({ pattern: own, accepted, fix, orDirective = false }: TextRule) {
  const pattern = orDirective ? new RegExp(`${own.source}|${DIRECTIVE.source}`, own.flags) : own;
  return z
    .string({ error: () => accepted })
    .check((context) => {
      const { value } = context;
      if (pattern.test(value) || isToken(value)) return;
      const written = typeof fix === 'string' ? fix : fix(value);
      refuse(context, { code: 'invalid-format', found: formatFound(value), accepted, fix: written });
    })
    .meta({ pattern: pattern.source });
}

/** A string with at least one character. */
export function nonEmpty(what: string) {
  return text({ pattern: /\S/, accepted: what, fix: `write ${what}` });
}

/** A map with keys of a given form. Values are checked although their key is wrong, which zod's own record leaves out. */
export function mapOf<Value extends z.ZodType>(key: z.ZodString, value: Value) {
  const { $schema, ...propertyNames } = z.toJSONSchema(key);
  return z
    .record(z.string(), value)
    .superRefine(
      (map: unknown, context) => {
        if (typeof map !== 'object' || map === null || Array.isArray(map)) return;
        for (const name of Object.keys(map)) {
          const issues = key.safeParse(name, { reportInput: true }).error?.issues ?? [];
          context.issues.push(
            ...issues.map((issue) => ({ ...issue, input: name, path: [name], continue: true }) as z.core.$ZodRawIssue),
          );
        }
      },
      { when: () => true },
    )
    .meta({ propertyNames });
}

const EITHER = new Intl.ListFormat('en-GB', { type: 'disjunction' });

function format(value: number): string {
  return value.toLocaleString('en-US');
}

/** Refuses an object of which not exactly one of some properties is set. */
export function exactlyOne(
  value: { readonly [key: string]: unknown },
  keys: readonly string[],
  context: CheckContext,
): void {
  const given = keys.filter((key) => value[key] !== undefined);
  if (given.length === 1) return;
  const accepted = `exactly one of ${keys.join(', ')}`;
  if (given.length === 0) {
    const fix = `add ${EITHER.format(keys)}`;
    refuse(context, { code: 'missing-property', found: 'none of them', accepted, fix });
    return;
  }
  const fix = `keep ${given[0]} and remove ${given.slice(1).join(' and ')}`;
  refuse(context, { code: 'conflict', found: given.join(' and '), accepted, fix });
}
