import type { ItemFailure } from '../../modules/orchestration/items/format';
import { counted, formatCount } from '../../modules/problems/phrases';
import { causeDocument } from '../model/cause';
import type { RunItems } from '../model/run';
import { endText } from './end-text';

/**
 * How a run with items ended: its execution's output, or the cause with which it failed.
 *
 * @returns undefined for the output or cause of another run, and for a text that is none
 */
export function itemsResult(text: string | undefined): RunItems | undefined {
  const { items: count, succeeded, failed, failures, failuresUri } = causeDocument(text) ?? {};
  if (typeof count !== 'number' || typeof succeeded !== 'number' || typeof failed !== 'number') return undefined;
  return {
    count,
    counts: { waiting: 0, running: 0, succeeded, failed },
    failures: Array.isArray(failures) ? failures.flatMap(failedItem) : [],
    ...(typeof failuresUri === 'string' && { failuresUri }),
  };
}

/** `3 of 100 items failed: item 17 (Exit code 1) and 2 more`. Undefined if none did. */
export function itemsResultText({ count, counts, failures: [first] }: RunItems): string | undefined {
  if (counts.failed === 0) return undefined;
  const text = `${formatCount(counts.failed)} of ${counted(count, 'item')} failed`;
  if (first === undefined) return text;
  const more = counts.failed > 1 ? ` and ${formatCount(counts.failed - 1)} more` : '';
  return `${text}: item ${first.index} (${first.reason})${more}`;
}

/** A line of the list of failed items, or an entry of the result. Empty for anything else. */
function failedItem(value: unknown): ItemFailure[] {
  if (typeof value !== 'object' || value === null) return [];
  const { index, reason, exitCode } = value as { readonly [key: string]: unknown };
  if (typeof index !== 'number') return [];
  const statusReason = typeof reason === 'string' && reason !== '' ? reason : undefined;
  const container = typeof exitCode === 'number' ? { exitCode } : {};
  return [
    {
      index,
      reason: endText({ statusReason, container }) ?? 'no reason was given',
      ...container,
    },
  ];
}
