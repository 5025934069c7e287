import { suggestion } from '../../modules/problems/suggestion';
import type { RunStatus } from './run-story';

/** Every status of a run, in the words of the command line. */
export const STATUS_WORDS: { readonly [Status in RunStatus]: string } = {
  RUNNING: 'running',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timed-out',
  ABORTED: 'aborted',
  PENDING_REDRIVE: 'pending-redrive',
};

const STATUSES = Object.keys(STATUS_WORDS) as RunStatus[];

/** The status that a word names, in any case: `timed-out`, `TIMED_OUT`, `timed out`. */
export function statusNamed(word: string): RunStatus | undefined {
  const written = word
    .trim()
    .toUpperCase()
    .replace(/[-\s]+/g, '_');
  return STATUSES.find((status) => status === written);
}

/** What to say about a word that is no status. */
export function noStatus(word: string, more: readonly string[] = []): string {
  const words = [...more, ...Object.values(STATUS_WORDS)];
  const meant = suggestion(word.trim().toLowerCase(), words);
  return meant === undefined ? `Use one of ${words.join(', ')}.` : `Did you mean ${meant}?`;
}
