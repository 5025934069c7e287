import { ALARM_KINDS } from '../../config/alarms';
import { parseResourceParam } from '../../config/directive';
import { type IndexedConfig, listOf, objectOf, type Written } from '../../config/indexed-config';
import { NOTIFICATION_KINDS } from '../../config/notifications';
import { rule } from '../../config/rule';
import type { Path } from '../../config/strings-in';
import { useAccepted } from '../../problems/fix';
import { foundValue } from '../../problems/found';
import { PEOPLE_READ } from '../../rules/fifo';
import { isFifo } from '../fifo';
import { snsTopic } from './schema';

/** Whether a name or a directive refers to a FIFO topic of the config. */
export function isFifoTopic(given: unknown, index: IndexedConfig): boolean {
  if (typeof given !== 'string') return false;
  const topic = index.named(parseResourceParam(given)?.resource ?? given, snsTopic);
  return topic !== undefined && isFifo(topic);
}

/** Values of a section of the stack and of the same property of each job, with their paths. */
function stackAndJobs(property: string) {
  return (index: IndexedConfig): [value: Written, path: Path][] => [
    [index.section(property), [property]],
    ...index.jobs.map(({ properties, path }): [Written, Path] => [objectOf(properties[property]), [...path, property]]),
  ];
}

/** The targets in a list, or the only one, with their paths. */
function located(targets: unknown, path: Path): [target: Written, path: Path][] {
  if (!Array.isArray(targets)) return [[objectOf(targets), path]];
  return targets.map((target, index) => [objectOf(target), [...path, index]]);
}

function* fifoTargets(targets: unknown, path: Path, index: IndexedConfig) {
  for (const [target, at] of located(targets, path)) {
    for (const key of ['snsTopicName', 'snsTopicArn']) {
      if (!isFifoTopic(target[key], index)) continue;
      const found = foundValue(target[key], ', a FIFO topic');
      yield {
        path: [...at, key],
        finding: { found, accepted: 'a standard topic', fix: useAccepted('a standard topic', PEOPLE_READ) },
      };
    }
  }
}

const notified = rule('conflict', stackAndJobs('notifications'), function* (all, index) {
  for (const [value, path] of all)
    for (const kind of NOTIFICATION_KINDS) yield* fifoTargets(value[kind], [...path, kind], index);
});

const alarmed = rule('conflict', stackAndJobs('alarms'), function* (all, index) {
  for (const [value, path] of all)
    for (const kind of ALARM_KINDS) yield* fifoTargets(objectOf(value[kind]).notify, [...path, kind, 'notify'], index);
});

const alarmedByFunctions = rule('conflict', functionAlarms, function* (all, index) {
  for (const [{ notificationTargets }, path] of all)
    yield* fifoTargets(notificationTargets, [...path, 'notificationTargets'], index);
});

/** The alarms of functions, with their paths. */
function functionAlarms({ resources }: IndexedConfig): [alarm: Written, path: Path][] {
  const functions = [...resources.values()].filter(({ type }) => type === 'function');
  return functions.flatMap(({ properties, path }) =>
    listOf(properties.alarms).map((alarm, index): [Written, Path] => [objectOf(alarm), [...path, 'alarms', index]]),
  );
}

/** People read mail and text messages, which come from standard topics only. */
export const SNS_TOPIC_RULES = [notified, alarmed, alarmedByFunctions];
