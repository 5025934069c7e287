import type { ScheduledEvent } from 'aws-lambda';
import { partitionOf } from '../../modules/rules/partitions';
import type { SourceEvent } from '../event-schema';
import { reshaped } from '../reshaped';
import type { SampleContext } from '../sample-context';
import { scheduledEvent } from './scheduled-event';
import type { schedule as schema } from './schema';
import { usesScheduler } from './timing';

/** The event of a schedule: of EventBridge Scheduler if the schedule needs it, else of a rule. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html */
export function schedule({ properties }: SourceEvent<typeof schema>, context: SampleContext): unknown {
  const { stackName, jobName, region, account, now } = context;
  const time = now.toISOString().replace(/\.\d+Z$/, 'Z');
  if (usesScheduler(properties)) {
    const name = `${stackName}-${jobName}`;
    const arn = `arn:${partitionOf(region)}:scheduler:${region}:${account}:schedule/default/${name}`;
    return reshaped(scheduledEvent({ account, region, arn, time }), properties, arn);
  }
  const event: ScheduledEvent<Record<string, never>> = {
    version: '0',
    id: context.uuid(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account,
    time,
    region,
    resources: [`arn:${partitionOf(region)}:events:${region}:${account}:rule/${stackName}-${jobName}`],
    detail: {},
  };
  return reshaped(event, properties);
}
