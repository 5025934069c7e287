import { across, type CheckContext, exactlyOne, nonEmpty, refuse, strict, text } from '../config/checked';
import { companionsOfType } from '../config/declarations';
import { FOR_PEOPLE, isFifoTopic, STANDARD_TOPIC_ARN } from '../config/topic-rules';
import { formatFound } from '../problems/problem';
import { suggestion } from '../problems/suggestion';

/** What happens when an event is added to the stack's queue of undelivered events. */
export const undeliveredEvents = across(
  strict({
    /** ARN of the topic that gets a notification. Its policy must allow CloudWatch to publish. Set exactly one of `alarmTopicArn` and `alarmTopicName`. */
    alarmTopicArn: text({
      pattern: STANDARD_TOPIC_ARN,
      accepted: 'the ARN of a standard SNS topic',
      fix: (found) =>
        found.startsWith('$')
          ? 'name a topic of this config with alarmTopicName'
          : found.endsWith('.fifo')
            ? FOR_PEOPLE
            : 'write an ARN such as arn:aws:sns:eu-west-1:123456789012:alarms',
    }).optional(),
    /** Name of the `sns-topic` of this config that gets a notification. Set exactly one of `alarmTopicArn` and `alarmTopicName`. */
    alarmTopicName: nonEmpty("the topic's name").optional(),
  }),
  (value, context) => exactlyOne(value, ['alarmTopicArn', 'alarmTopicName'], context),
);

/** Refuses the name of a topic that doesn't exist in the config, and of a FIFO topic. */
export function checkAlarmTopic(given: unknown, resources: unknown, context: CheckContext): void {
  const name = property(given, 'alarmTopicName');
  if (typeof name !== 'string') return;
  const topics = companionsOfType(resources, 'sns-topic');
  const path = ['undeliveredEvents', 'alarmTopicName'];
  const topic = topics.get(name);
  if (topic === undefined) {
    const names = [...topics.keys()];
    const known = names.length === 0 ? 'the config has none' : names.join(', ');
    const meant = suggestion(name, names);
    const fix = meant === undefined ? `add a resource "${name}" of type sns-topic` : `did you mean "${meant}"?`;
    refuse(context, { found: formatFound(name), accepted: `the name of an sns-topic: ${known}`, fix }, path);
    return;
  }
  if (!isFifoTopic(topic)) return;
  const found = `${formatFound(name)}, a FIFO topic`;
  refuse(context, { found, accepted: 'the name of a standard sns-topic', fix: FOR_PEOPLE }, path);
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as { [key: string]: unknown })[key] : undefined;
}
