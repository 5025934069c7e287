import type { AlarmTarget, JobAlarmProps } from './alarms/topics';
import type { Alarms, NamedTopic } from './config/alarms';
import type { FunctionAlarmProps } from './function-alarms';
import type { ResourceCatalog } from './resources/catalog';
import type { FunctionAlarm } from './resources/function/alarms';
import { SNS_TOPIC } from './resources/sns-topic';

/** Alarms of a config with the topic for each name in them. Used only by the stack. */
export function alarmSources({ failedRuns, oldestWaitingRun }: Alarms, catalog: ResourceCatalog): JobAlarmProps {
  const withTopics = <Alarm extends { readonly notify: NamedTopic | NamedTopic[] }>(alarm: Alarm) => ({
    ...alarm,
    notify: sources(alarm.notify, catalog),
  });
  return {
    ...(failedRuns && { failedRuns: withTopics(failedRuns) }),
    ...(oldestWaitingRun && { oldestWaitingRun: withTopics(oldestWaitingRun) }),
  };
}

/** Alarms of a function of a config with the topic for each name in them. */
export function functionAlarmSources(alarms: readonly FunctionAlarm[], catalog: ResourceCatalog): FunctionAlarmProps[] {
  return alarms.map(({ notificationTargets = [], ...alarm }) => ({
    ...catalog.resolve(alarm),
    notificationTargets: sources(notificationTargets, catalog),
  }));
}

function sources(topics: NamedTopic | NamedTopic[], catalog: ResourceCatalog): AlarmTarget[] {
  return [topics].flat().map((topic) => source(topic, catalog));
}

function source({ snsTopicName, snsTopicArn = '' }: NamedTopic, catalog: ResourceCatalog): AlarmTarget {
  const named = snsTopicName ?? catalog.named(snsTopicArn, SNS_TOPIC);
  if (typeof named === 'string') return { topic: catalog.get(named, SNS_TOPIC) };
  return { topic: named ?? { arn: catalog.resolve(snsTopicArn) } };
}
