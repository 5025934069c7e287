import type {
  CloudwatchMetricAlarm,
  CloudwatchMetricAlarmConfig,
} from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import type { Construct } from 'constructs';
import type { NotifiedTopic } from '../access/notified-topic';
import { NAME_LIMITS, physicalNameStart } from '../rules/naming';
import type { AwsContext } from '../terraform/aws-context';

/** What an alarm needs to know of the stack and of the job or function that it is about. */
export interface AlarmOwner {
  readonly stackName: string;
  readonly aws: AwsContext;
  readonly tags?: { readonly [key: string]: string };
}

/** Topics that allow the alarms of a stack already: one statement for all of them keeps a topic's policy short. */
const ALLOWED = new WeakMap<NotifiedTopic, Set<string>>();

/** An alarm that is over while its metrics have no data. It notifies its topics when it is triggered, and again when it is over. */
export function createAlarm(
  scope: Construct,
  id: string,
  config: Omit<CloudwatchMetricAlarmConfig, 'alarmActions' | 'okActions' | 'treatMissingData' | 'tags'>,
  topics: readonly NotifiedTopic[],
  owner: AlarmOwner,
): CloudwatchMetricAlarm {
  for (const topic of topics) allowAlarms(topic, owner);
  const actions = topics.length === 0 ? undefined : topics.map(({ arn }) => arn);
  // Loaded only if needed: most jobs and functions have no alarms.
  const { CloudwatchMetricAlarm } =
    require('@cdktf/provider-aws/lib/cloudwatch-metric-alarm') as typeof import('@cdktf/provider-aws/lib/cloudwatch-metric-alarm');
  return new CloudwatchMetricAlarm(scope, id, {
    ...config,
    // Services report nothing while there is nothing to count.
    treatMissingData: 'notBreaching',
    alarmActions: actions,
    okActions: actions,
    tags: owner.tags,
  });
}

function allowAlarms(topic: NotifiedTopic, { aws, stackName }: AlarmOwner): void {
  const stacks = ALLOWED.get(topic) ?? new Set();
  ALLOWED.set(topic, stacks);
  if (stacks.has(stackName)) return;
  stacks.add(stackName);
  topic.allowPublish?.({
    Sid: 'AlarmsOfJobs',
    Principal: { Service: 'cloudwatch.amazonaws.com' },
    Condition: {
      ArnLike: { 'aws:SourceArn': aws.arn('cloudwatch', `alarm:${physicalNameStart(NAME_LIMITS.alarm, stackName)}*`) },
    },
  });
}
