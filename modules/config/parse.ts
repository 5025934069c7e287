import type { z } from 'zod';
import { ConfigError, type Finding, formatFound, formatPath, type Problem } from './problem';
import { suggestion } from './suggestion';

/**
 * The value with every default filled in.
 *
 * @throws ConfigError with every problem of the value, if there is any.
 */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown, source: string): z.output<Schema> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  throw new ConfigError(
    result.error.issues.flatMap((issue) => problems(issue, [])),
    source,
  );
}

type Issue = z.core.$ZodIssue;

function problems(issue: Issue, base: PropertyKey[]): Problem[] {
  const path = [...base, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: formatPath([...path, key]),
      ...unknownKey(key, issue.message.split(', ')),
    }));
  }
  if (issue.code === 'invalid_key') {
    return issue.issues.flatMap((inner) => problems(inner, path));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    return closestBranch(issue.errors).flatMap((inner) => problems(inner, path));
  }
  return [{ path: formatPath(path), ...finding(issue) }];
}

/** Of the branches of a union the one that the value comes nearest to: whose first problem lies deepest. */
function closestBranch(branches: Issue[][]): Issue[] {
  const depth = (issues: Issue[]) => Math.max(...issues.map((issue) => issue.path.length), 0);
  const best = branches.reduce((nearest, branch) => (depth(branch) > depth(nearest) ? branch : nearest));
  if (depth(best) > 0) return best;
  const expected = [...new Set(branches.flat().map((issue) => ('expected' in issue ? kind(issue.expected) : '')))];
  const [first] = best;
  return first === undefined ? [] : [{ ...first, message: expected.filter(Boolean).join(' or ') } as Issue];
}

function unknownKey(key: string, known: string[]): Finding {
  const meant = suggestion(key, known);
  return {
    found: `the unknown property "${key}"`,
    accepted: known.join(', '),
    fix: meant === undefined ? 'remove it' : `did you mean "${meant}"?`,
  };
}

function finding(issue: Issue): Finding {
  const found = formatFound(issue.input);
  switch (issue.code) {
    case 'custom':
      return issue.params as Finding;
    case 'invalid_type': {
      const accepted = issue.message.startsWith('Invalid input') ? kind(issue.expected) : issue.message;
      return { found, accepted, fix: issue.input === undefined ? 'add it: it is required' : `write ${accepted}` };
    }
    case 'invalid_value':
      return oneOf(issue.input, issue.values.map(String));
    case 'invalid_union':
      return oneOf(discriminant(issue), 'options' in issue ? (issue.options as unknown[]).map(String) : []);
    case 'too_small':
      return {
        found,
        accepted: `at least ${issue.minimum} ${issue.origin === 'string' ? 'characters' : 'entries'}`,
        fix: 'add an entry or leave the property out',
      };
    default:
      return { found, accepted: issue.message, fix: 'change it as accepted' };
  }
}

function discriminant(issue: z.core.$ZodIssueInvalidUnion): unknown {
  const { input, discriminator } = issue;
  if (typeof input !== 'object' || input === null || discriminator === undefined) return input;
  return (input as { [key: string]: unknown })[discriminator];
}

function oneOf(value: unknown, options: string[]): Finding {
  const meant = typeof value === 'string' ? suggestion(value, options) : undefined;
  const fix =
    meant === undefined
      ? `use ${options.length === 1 ? '' : 'one of '}${options.join(', ')}`
      : `did you mean "${meant}"?`;
  return { found: formatFound(value), accepted: options.join(', '), fix };
}

const KINDS: { readonly [type: string]: string } = {
  array: 'a list',
  boolean: 'true or false',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a text',
};

function kind(type: string): string {
  return KINDS[type] ?? type;
}
