import { START_GRACE } from '../../modules/rules/schedules';
import { code, type EventAdvice, type EventPage } from '../event-page';
import { nextTimes } from './schedule-times';
import type { schedule } from './schema';
import { type Timing, timingText, usesScheduler } from './timing';

export const page: EventPage<typeof schedule> = {
  label: timingText,
  schedule: ({ scheduleRate }) => scheduleRate,
  timing: (properties) => properties,
  box: (properties, context) => {
    const { timezone, startDate, endDate } = properties;
    const isScheduler = usesScheduler(properties);
    const type = isScheduler ? 'aws_scheduler_schedule' : 'aws_cloudwatch_event_rule';
    const made = context.argument(type, 'schedule_expression');
    const schedule = context.text(typeof made === 'string' ? made : properties.scheduleRate);
    const detail = [code(timingText({ ...properties, scheduleRate: schedule }))];
    const box = { title: 'Schedule', detail, companions: [], schedule };
    return isScheduler ? { ...box, limits: { timezone, startDate, endDate } } : box;
  },
  advice: overAdvice,
};

/** A schedule of EventBridge Scheduler that is over is no error: it was right once, and may stay in the config. */
function overAdvice(timing: Timing, now = new Date()): EventAdvice | undefined {
  if (!usesScheduler(timing)) return undefined;
  const { scheduleRate, startDate, endDate } = timing;
  const next = nextTimes(scheduleRate, now, 1, timing);
  const isOver = next?.length === 0 || (endDate !== undefined && Date.parse(endDate) < now.getTime());
  if (isOver)
    return { property: 'scheduleRate', message: 'this schedule never fires again. Remove the event if it is done' };
  if (startDate === undefined || Date.parse(startDate) >= now.getTime() - START_GRACE) return undefined;
  const message =
    'the start has passed. AWS creates no schedule with it: remove it, or set a later one, if the schedule is new or if you change ' +
    'scheduleRate, timezone or an input';
  return { property: 'startDate', message };
}
