import type { Finding } from '../../modules/problems/problem';
import type { Timing } from './timing';

/**
 * The problem with two schedules that fire at the same times and send the same. Their dates don't tell them apart, so that a change of a
 * date doesn't replace the schedule.
 *
 * @param place of the earlier one
 */
export function duplicateFinding(given: Timing, earlier: Timing, place: string): Finding | string {
  if (given.startDate === earlier.startDate && given.endDate === earlier.endDate) {
    return 'the schedule would start the job twice each time';
  }
  return {
    found: `the expression, time zone and input of ${place}, with other dates`,
    accepted: 'schedules that differ in scheduleRate, timezone or input',
    fix: 'write the years in the cron expression, or give one of them another input',
  };
}
