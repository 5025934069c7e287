import type { Limits } from '../../modules/config/limits';

/** `at most 5 at once, 10 per hour` */
export function limitsText({ concurrentRuns, runsPerHour, runsPerDay }: Limits): string {
  const parts = [
    ...(concurrentRuns === undefined ? [] : [`${concurrentRuns} at once`]),
    ...(runsPerHour === undefined ? [] : [`${runsPerHour} per hour`]),
    ...(runsPerDay === undefined ? [] : [`${runsPerDay} per day`]),
  ];
  return `at most ${parts.join(', ')}`;
}
