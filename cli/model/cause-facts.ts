import type { Fact } from './run';

/** What an execution ended with, as a person reads it. */
export interface CauseFacts {
  readonly facts: readonly Fact[];
  /** The text as Step Functions has it, with its JSON indented. */
  readonly raw?: string;
}

/** Members of a job's detail that answer why it failed, by their labels. */
const MEMBERS: readonly (readonly [label: string, ...path: string[]])[] = [
  ['Status reason', 'StatusReason'],
  ['Exit code', 'Container', 'ExitCode'],
  ['Container reason', 'Container', 'Reason'],
  ['Message', 'errorMessage'],
  ['Error type', 'errorType'],
];

/**
 * The facts in the error and cause of an execution. The cause of a failed job is its whole detail in AWS Batch, as JSON: its variables stay
 * in the raw text.
 */
export function causeFacts(error: string | undefined, cause: string | undefined): CauseFacts {
  const name: Fact[] = error === undefined ? [] : [{ label: 'Error', value: error, isCode: true }];
  if (cause === undefined || cause.trim() === '') return { facts: name };
  const document = parsed(cause);
  if (document === undefined) return { facts: [...name, { label: 'Cause', value: cause }] };
  const facts = MEMBERS.flatMap(([label, ...path]): Fact[] => {
    const value = memberAt(document, path);
    if (typeof value !== 'string' && typeof value !== 'number') return [];
    return [{ label, value: String(value) }];
  });
  return { facts: [...name, ...facts], raw: JSON.stringify(document, undefined, 2) };
}

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Step Functions writes keys with a capital letter, other services without. */
function memberAt(document: object, path: readonly string[]): unknown {
  let value: unknown = document;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    const members = value as { readonly [key: string]: unknown };
    value = members[key] ?? members[key.charAt(0).toLowerCase() + key.slice(1)];
  }
  return value;
}
