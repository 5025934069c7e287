import type { AlarmTarget, JobAlarmProps } from './alarms/topics';
import type { Alarms, NamedTopic } from './config/alarms';
import type { ResourceCatalog } from './resources/catalog';
import { SNS_TOPIC } from './resources/sns-topic';

/** Alarms of a config with the topic for each name in them. Used only by the stack. */
export function alarmSources({ failedRuns, oldestWaitingRun }: Alarms, catalog: ResourceCatalog): JobAlarmProps {
  const topics = (notify: NamedTopic | NamedTopic[]) => [notify].flat().map((topic) => source(topic, catalog));
  return {
    ...(failedRuns && { failedRuns: { ...failedRuns, notify: topics(failedRuns.notify) } }),
    ...(oldestWaitingRun && { oldestWaitingRun: { ...oldestWaitingRun, notify: topics(oldestWaitingRun.notify) } }),
  };
}

function source({ snsTopicName, snsTopicArn = '' }: NamedTopic, catalog: ResourceCatalog): AlarmTarget {
  const named = snsTopicName ?? catalog.named(snsTopicArn, SNS_TOPIC);
  if (typeof named === 'string') return { topic: catalog.get(named, SNS_TOPIC) };
  return { topic: named ?? { arn: catalog.resolve(snsTopicArn) } };
}
