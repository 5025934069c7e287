import type { Limits } from '../../modules/config/limits';
import { counted } from '../../modules/problems/phrases';

/** `at most 5 at once, 10 per hour`, or `at most 50 items at once` */
export function limitsText({ concurrentRuns, countItems, runsPerHour, runsPerDay }: Limits): string {
  const parts = [
    ...(concurrentRuns === undefined ? [] : [atOnce(concurrentRuns, countItems)]),
    ...(runsPerHour === undefined ? [] : [`${runsPerHour} per hour`]),
    ...(runsPerDay === undefined ? [] : [`${runsPerDay} per day`]),
  ];
  return `at most ${parts.join(', ')}`;
}

function atOnce(most: number, countItems: boolean | undefined): string {
  if (!countItems) return `${most} at once`;
  return `${counted(most, 'item')} at once`;
}
