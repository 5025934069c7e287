import { source } from '../source';
import { schedule as schema } from './schema';

/** Fixed times. */
export const schedule = source({
  schema,
  trigger: () => (require('./trigger') as typeof import('./trigger')).ScheduleTrigger,
  sample: () => (require('./sample') as typeof import('./sample')).schedule,
  selects: ['scheduleRate', 'input', 'inputPath', 'inputTransformer'],
  duplicate: 'the schedule would start the job twice each time',
  props: (properties, resources) => resources.resolve(properties),
});
