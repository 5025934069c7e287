import { z } from 'zod';
import { across, isToken, numberIn, refuse, strict } from '../../modules/config/checked';
import type { ByName, Written, WrittenProperties } from '../../modules/config/written';
import { FLEXIBLE_MINUTES } from '../../modules/rules/schedules';
import { checkReshaping, reshaping } from '../reshaping';
import { checkTiming } from './check-timing';
import { scheduleExpressionProblem } from './schedule-expression';
import { timeZoneProblem } from './time-zone';
import { utcTime } from './utc-time';

/** Settings that a config and the trigger construct have in common. */
export const scheduleSettings = across(
  strict({
    /** `rate(2 hours)`, `cron(0 14 * * ? *)`, with six fields, or `at(2027-03-01T09:30:00)`. In UTC, if no `timezone` is set. At most once a minute. `at` fires once, by EventBridge Scheduler. */
    scheduleRate: z.string({ error: () => 'rate(...), cron(...) or at(...)' }).check((context) => {
      if (isToken(context.value)) return;
      const problem = scheduleExpressionProblem(context.value);
      if (problem !== undefined) refuse(context, problem);
    }),
    /** IANA time zone of a `cron(...)` or `at(...)`, such as `Europe/Berlin`, with its daylight saving time. EventBridge Scheduler then fires the schedule instead of a rule. @default UTC */
    timezone: z
      .string({ error: () => 'an IANA time zone such as Europe/Berlin' })
      .check((context) => {
        const problem = isToken(context.value) ? undefined : timeZoneProblem(context.value);
        if (problem !== undefined) refuse(context, problem);
      })
      .optional(),
    /** The schedule fires at or after this time in UTC, such as `2027-03-01T00:00:00Z`. EventBridge Scheduler then fires it. @default from the deployment on */
    startDate: utcTime.optional(),
    /** The schedule fires at or before this time in UTC, such as `2027-12-31T00:00:00Z`. EventBridge Scheduler then fires it. @default without an end */
    endDate: utcTime.optional(),
    /** Minutes after the scheduled time, 1 to 1,440, within which EventBridge Scheduler starts the job at a time of its choice. Spreads starts of many schedules. @default at the scheduled time, within a minute */
    flexibleMinutes: numberIn({ unit: 'minutes', ...FLEXIBLE_MINUTES }).optional(),
    ...reshaping,
  }),
  (value, context) => {
    checkReshaping(value, context);
    checkTiming(value, context);
  },
);

/** Starts the job at fixed times. */
export const schedule = strict({
  /** Starts the job at fixed times. */
  type: z.literal('schedule'),
  /** When, and what the job receives. */
  properties: scheduleSettings,
});

export interface ScheduleEventProperties extends WrittenProperties<typeof schedule>, ByName {}
/** Such an event as written in a config. */
export interface ScheduleEvent extends Written<z.input<typeof schedule>> {
  readonly properties: ScheduleEventProperties;
}
