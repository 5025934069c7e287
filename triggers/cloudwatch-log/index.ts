import { IN_ACCOUNT } from '../../modules/config/arn-rule';
import { source } from '../source';
import { cloudwatchLog } from './schema';

export type { CloudwatchLogEvent } from './schema';

/** Records of a log group. */
export const CLOUDWATCH_LOG_SOURCE = source({
  schema: cloudwatchLog,
  trigger: () => (require('./trigger') as typeof import('./trigger')).CloudwatchLogTrigger,
  sample: () => (require('./sample') as typeof import('./sample')).cloudwatchLog,
  facts: () => (require('./facts') as typeof import('./facts')).facts,
  page: () => (require('./page') as typeof import('./page')).page,
  selects: ['logGroupArn', 'filter'],
  duplicate: 'each batch of records would start the job twice',
  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html
  arns: { logGroupArn: { ...IN_ACCOUNT, refersTo: { function: 'logGroupArn', 'batch-job': 'logGroupArn' } } },
  aliases: { logGroupArn: 'logGroup logGroupName' },
  creates: [['Subscription', 'cloudwatch-log-subscription-filter']],
  rules: () => (require('./rules') as typeof import('./rules')).CLOUDWATCH_LOG_RULES,
  props: (properties, resources) => resources.resolve(properties),
});
