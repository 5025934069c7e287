import { causeDocument, withApiKeys } from './cause';
import type { Fact } from './run';

/** What an execution ended with, as a person reads it. */
export interface CauseFacts {
  readonly facts: readonly Fact[];
  /** The text as Step Functions has it, with its JSON indented. */
  readonly raw?: string;
}

/** Members of a job's detail that answer why it failed, by their labels. */
const MEMBERS: readonly (readonly [label: string, ...path: string[]])[] = [
  ['Status reason', 'statusReason'],
  ['Exit code', 'container', 'exitCode'],
  ['Container reason', 'container', 'reason'],
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
  const document = causeDocument(cause);
  if (document === undefined) return { facts: [...name, { label: 'Cause', value: cause }] };
  const members = withApiKeys(document);
  const facts = MEMBERS.flatMap(([label, ...path]): Fact[] => {
    const value = memberAt(members, path);
    if (typeof value !== 'string' && typeof value !== 'number') return [];
    return [{ label, value: String(value) }];
  });
  return { facts: [...name, ...facts], raw: JSON.stringify(document, undefined, 2) };
}

function memberAt(document: unknown, path: readonly string[]): unknown {
  let value = document;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as { readonly [key: string]: unknown })[key];
  }
  return value;
}
