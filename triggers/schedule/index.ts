import { RESHAPING_ALIASES } from '../reshaping';
import { RULE } from '../rule-resources';
import { source } from '../source';
import { schedule } from './schema';

export type { ScheduleEvent } from './schema';

/** Fixed times. */
export const SCHEDULE_SOURCE = source({
  schema: schedule,
  trigger: () => (require('./trigger') as typeof import('./trigger')).ScheduleTrigger,
  sample: () => (require('./sample') as typeof import('./sample')).schedule,
  facts: () => (require('./facts') as typeof import('./facts')).facts,
  page: () => (require('./page') as typeof import('./page')).page,
  selects: ['scheduleRate', 'input', 'inputPath', 'inputTransformer'],
  duplicate: 'the schedule would start the job twice each time',
  aliases: { scheduleRate: 'schedule cron rate scheduleExpression expression crontab', ...RESHAPING_ALIASES },
  creates: RULE,
  props: (properties, resources) => resources.resolve(properties),
});
