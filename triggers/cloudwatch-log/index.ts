import { source } from '../source';
import { cloudwatchLog as schema } from './schema';

/** Records of a log group. */
export const cloudwatchLog = source({
  schema,
  trigger: () => (require('./trigger') as typeof import('./trigger')).CloudwatchLogTrigger,
  sample: () => (require('./sample') as typeof import('./sample')).cloudwatchLog,
  selects: ['logGroupArn', 'filter'],
  duplicate: 'each batch of records would start the job twice',
  props: (properties, resources) => {
    const { logGroupArn: arn, ...settings } = resources.resolve(properties);
    return { logGroup: { arn }, ...settings };
  },
});
