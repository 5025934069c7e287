import { gzipSync } from 'node:zlib';
import type { JobEventOf } from '../../../modules/config/events';
import type { Surroundings } from './surroundings';

/** One record, as CloudWatch packs it. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html */
export function cloudwatchLog({ properties }: JobEventOf<'cloudwatch-log'>, surroundings: Surroundings) {
  const { account, jobName, stackName, now } = surroundings;
  const given = properties.logGroupArn;
  const timestamp = now.getTime();
  const [message = ''] = /[\w.-]+/.exec(properties.filter) ?? [];
  const content = {
    messageType: 'DATA_MESSAGE',
    owner: account,
    logGroup: given.startsWith('arn:') ? given.split(':')[6] : surroundings.physicalName({ arn: given }),
    logStream: 'sample',
    subscriptionFilters: [`${stackName}-${jobName}`],
    logEvents: [{ id: String(timestamp).padEnd(56, '0'), timestamp, message: `${message} sample record`.trim() }],
  };
  return { awslogs: { data: gzipSync(JSON.stringify(content)).toString('base64') } };
}
