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

/** An object that knows all its keys: any other key is a problem. */
export function strict<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? Object.keys(shape).join(', ') : undefined),
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
  /** What the number counts, for the report: `seconds`, `MiB`, `vCPUs`. */
  readonly unit: string;
  readonly min: number;
  readonly max?: number;
  /** Said after "use a number in range": why the limit exists. */
  readonly why?: string;
  /** Fractions are accepted. @default false */
  readonly fraction?: boolean;
}

/**
 * A number within a range. A CDKTF number token (a huge negative number that stands for a value known to Terraform only)
 * passes, since nothing can be said of it here.
 */
export function numberIn({ unit, min, max, why, fraction = false }: NumberRange) {
  const kind = fraction ? 'a number' : 'a whole number';
  const range = max === undefined ? `${format(min)} or more` : `from ${format(min)} to ${format(max)}`;
  return z
    .number()
    .check((context) => {
      const { value } = context;
      if (Token.isUnresolved(value)) return;
      const whole = fraction || Number.isInteger(value);
      if (whole && value >= min && (max === undefined || value <= max)) return;
      const nearest = Math.min(Math.max(fraction ? value : Math.ceil(value), min), max ?? Number.POSITIVE_INFINITY);
      refuse(context, {
        found: formatFound(value),
        accepted: `${kind} of ${unit}, ${range}`,
        fix: `${why === undefined ? '' : `${why}: `}use ${nearest}`,
      });
    })
    .meta({ type: fraction ? 'number' : 'integer', minimum: min, ...(max === undefined ? {} : { maximum: max }) });
}

interface TextRule {
  readonly pattern: RegExp;
  readonly accepted: string;
  readonly fix: string;
}

/** A string of a given form. A string that holds a CDKTF token passes, since its final text is not known here. */
export function text({ pattern, accepted, fix }: TextRule) {
  return z
    .string()
    .check((context) => {
      if (Token.isUnresolved(context.value) || pattern.test(context.value)) return;
      refuse(context, { found: formatFound(context.value), accepted, fix });
    })
    .meta({ pattern: pattern.source });
}

/** A string with at least one character. */
export function nonEmpty(what: string) {
  return text({ pattern: /\S/, accepted: `${what}, not empty`, fix: `write ${what} or leave the property out` });
}

function format(value: number): string {
  return value.toLocaleString('en-US');
}
