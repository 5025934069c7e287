import { RESHAPING_ALIASES } from '../reshaping';
import { RULE } from '../rule-resources';
import { source } from '../source';
import { duplicateFinding } from './duplicate';
import { schedule } from './schema';

export type { ScheduleEvent } from './schema';

/** Fixed times. */
export const SCHEDULE_SOURCE = source({
  schema: schedule,
  trigger: () => (require('./trigger') as typeof import('./trigger')).ScheduleTrigger,
  sample: () => (require('./sample') as typeof import('./sample')).schedule,
  facts: () => (require('./facts') as typeof import('./facts')).facts,
  page: () => (require('./page') as typeof import('./page')).page,
  selects: ['scheduleRate', 'timezone', 'input', 'inputPath', 'inputTransformer'],
  duplicate: duplicateFinding,
  aliases: {
    scheduleRate: 'schedule cron rate at scheduleExpression expression crontab',
    timezone: 'timeZone tz zone scheduleExpressionTimezone',
    startDate: 'start startTime startsAt from',
    endDate: 'end endTime endsAt until',
    flexibleMinutes: 'flexibleTimeWindow maximumWindowInMinutes window jitter',
    ...RESHAPING_ALIASES,
  },
  creates: RULE,
  props: (properties, resources) => resources.resolve(properties),
});
