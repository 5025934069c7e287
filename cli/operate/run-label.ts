import { colors } from '../command/colors';
import { earlierText, shortName } from '../model/earlier-run';
import { BY_HAND } from '../model/sample-source';
import { STATUS_WORDS } from './run-status';
import type { RunEvent, RunStatus } from './run-story';
import { sourceRegistry } from './source-registry';

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
  if (event.earlier !== undefined) return `run ${shortName(event.earlier.run)}`;
  return event.source ?? 'large event';
}

/** The same in at most 8 characters. */
export function shortSource(event: RunEvent | undefined): string {
  if (event !== undefined && event.earlier === undefined && event.source === undefined) return 'large';
  const text = event?.source ?? sourceText(event);
  const source = sourceRegistry().SOURCES.find(({ type }) => type === text);
  return source?.facts().shortName ?? text;
}

/** What started a run, after a verb: `by schedule`. */
export function byText({ source, earlier }: RunEvent): string {
  if (earlier !== undefined) return `by ${earlierText(earlier)}`;
  if (source === undefined) return 'by a large event';
  if (source === 'custom') return 'by a custom event';
  return source === BY_HAND ? source : `by ${source}`;
}
