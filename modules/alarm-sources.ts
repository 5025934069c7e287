import type { AlarmTarget, JobAlarmProps } from './alarms/topics';
import type { Alarms, NamedTopic } from './config/alarms';
import type { ResourceCatalog } from './resources/catalog';
import { companionClass } from './resources/registry';

/** Alarms of a config with the topic for each name in them. Used only by the stack. */
export function alarmSources({ failedRuns, oldestWaitingRun }: Alarms, catalog: ResourceCatalog): JobAlarmProps {
  const topics = (notify: NamedTopic | NamedTopic[]) => [notify].flat().map((topic) => source(topic, catalog));
  return {
    ...(failedRuns && { failedRuns: { ...failedRuns, notify: topics(failedRuns.notify) } }),
    ...(oldestWaitingRun && { oldestWaitingRun: { ...oldestWaitingRun, notify: topics(oldestWaitingRun.notify) } }),
  };
}

function source({ snsTopicName, snsTopicArn = '' }: NamedTopic, catalog: ResourceCatalog): AlarmTarget {
  const named = snsTopicName ?? catalog.named(snsTopicArn, companionClass('sns-topic'));
  if (typeof named === 'string') return { topic: catalog.get(named, companionClass('sns-topic')) };
  return { topic: named ?? { arn: catalog.resolve(snsTopicArn) } };
}
