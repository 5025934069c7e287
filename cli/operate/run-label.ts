import { colors } from '../command/colors';
import { isTriggerName } from './event-source';
import { STATUS_WORDS } from './run-status';
import type { RunEvent, RunStatus } from './run-story';
import { sourceRegistry } from './source-registry';

/** Characters of a hash in a short name. */
const SHORT_HASH = 8;
const HASH = 32;

/** The beginning of a run's name, with which commands find it: `report-1a2b3c4d`. A name without a hash stays whole. */
export function shortName(name: string): string {
  return isTriggerName(name) ? name.slice(0, SHORT_HASH - HASH) : name;
}

/** The status of a run in a word or two: `timed out`. */
export function statusText(status: RunStatus): string {
  return STATUS_WORDS[status].replace('-', ' ');
}

/** Colors a text by the status of a run. */
export function statusColor(status: RunStatus): (text: string) => string {
  switch (status) {
    case 'SUCCEEDED':
      return colors.green;
    case 'RUNNING':
    case 'PENDING_REDRIVE':
      return colors.cyan;
    case 'ABORTED':
      return colors.yellow;
    default:
      return colors.red;
  }
}

/** What started a run, in a word or two. */
export function sourceText(event: RunEvent | undefined): string {
  if (event === undefined) return '';
  return event.source ?? 'large event';
}

/** The same in at most 8 characters. */
export function shortSource(event: RunEvent | undefined): string {
  const text = sourceText(event);
  if (text === 'large event') return 'large';
  const source = sourceRegistry().SOURCES.find(({ type }) => type === text);
  return source?.facts().shortName ?? text;
}

/** What started a run, after a verb: `by schedule`. */
export function byText({ source }: RunEvent): string {
  if (source === undefined) return 'by a large event';
  if (source === 'custom') return 'by a custom event';
  return source.startsWith('by ') ? source : `by ${source}`;
}
