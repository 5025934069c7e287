import type { ScheduledEvent } from 'aws-lambda';
import { partitionOf } from '../../modules/rules/partitions';
import type { SourceEvent } from '../event-schema';
import { reshaped } from '../reshaped';
import type { SampleContext } from '../sample-context';
import type { schedule as schema } from './schema';

/** The event of a schedule rule. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html */
export function schedule({ properties }: SourceEvent<typeof schema>, context: SampleContext): unknown {
  const { stackName, jobName, region, account, now } = context;
  const event: ScheduledEvent<Record<string, never>> = {
    version: '0',
    id: context.uuid(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account,
    time: now.toISOString().replace(/\.\d+Z$/, 'Z'),
    region,
    resources: [`arn:${partitionOf(region)}:events:${region}:${account}:rule/${stackName}-${jobName}`],
    detail: {},
  };
  return reshaped(event, properties);
}
