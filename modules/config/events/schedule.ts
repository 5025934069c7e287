import { z } from 'zod';
import { across, refuse, strict } from '../checked';
import { scheduleExpressionProblem } from '../schedule-expression';
import { onlyOneReshaping, reshaping } from './reshaping';

/** Starts the job at fixed times. */
export const schedule = strict({
  /** Starts the job at fixed times. */
  type: z.literal('schedule'),
  properties: across(
    strict({
      /** `rate(2 hours)` or `cron(0 14 * * ? *)`, six fields, in UTC; at most once a minute. */
      scheduleRate: z.string().check((context) => {
        const problem = scheduleExpressionProblem(context.value);
        if (problem !== undefined) refuse(context, problem);
      }),
      ...reshaping,
    }),
    onlyOneReshaping,
  ),
});
