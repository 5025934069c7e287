import { formatCount } from '../../../modules/problems/phrases';
import type { ItemCounts } from '../run';

/**
 * `3 failed, 12 running, 80 waiting, 5 succeeded`, without the states that none is in.
 *
 * @param isOver whether the run has ended, so that those which had not were stopped
 */
export function countsText({ failed, running, waiting, succeeded }: ItemCounts, isOver = false): string {
  const parts: readonly (readonly [number, string])[] = isOver
    ? [
        [failed, 'failed'],
        [running + waiting, 'stopped'],
        [succeeded, 'succeeded'],
      ]
    : [
        [failed, 'failed'],
        [running, 'running'],
        [waiting, 'waiting'],
        [succeeded, 'succeeded'],
      ];
  const known = parts.filter(([number]) => number > 0);
  return known.map(([number, word]) => `${formatCount(number)} ${word}`).join(', ') || 'none';
}
