import { z } from 'zod';
import { across, isToken, refuse, strict } from '../../modules/config/checked';
import type { ByName, Written, WrittenProperties } from '../../modules/config/written';
import { checkReshaping, reshaping } from '../reshaping';
import { scheduleExpressionProblem } from './schedule-expression';

/** Settings that a config and the trigger construct have in common. */
export const scheduleSettings = across(
  strict({
    /** `rate(2 hours)` or `cron(0 14 * * ? *)`, with six fields, in UTC. At most once a minute. */
    scheduleRate: z.string({ error: () => 'rate(...) or cron(...)' }).check((context) => {
      if (isToken(context.value)) return;
      const problem = scheduleExpressionProblem(context.value);
      if (problem !== undefined) refuse(context, problem);
    }),
    ...reshaping,
  }),
  checkReshaping,
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
