import { code, type EventPage } from '../event-page';
import type { schedule } from './schema';

export const page: EventPage<typeof schedule> = {
  label: ({ scheduleRate }) => scheduleRate,
  schedule: ({ scheduleRate }) => scheduleRate,
  box: ({ scheduleRate }, context) => {
    const made = context.argument('aws_cloudwatch_event_rule', 'schedule_expression');
    const schedule = context.text(typeof made === 'string' ? made : scheduleRate);
    return { title: 'Schedule', detail: [code(schedule)], companions: [], schedule };
  },
};
