import { arnFix, TOPIC_NAME } from '../rules/arn-fix';
import { STANDARD_TOPIC_ARN } from '../rules/arn-forms';
import { FOR_PEOPLE, isFifoName } from '../rules/fifo';
import { across, exactlyOne, nonEmpty, strict, text } from './checked';

const TOPIC = { example: 'arn:aws:sns:eu-west-1:123456789012:alarms', name: TOPIC_NAME };

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
          : isFifoName(found)
            ? FOR_PEOPLE
            : `${found.startsWith('arn:') ? '' : 'name a topic of this config with alarmTopicName, or '}${arnFix(TOPIC, found)}`,
    }).optional(),
    /** Name of the `sns-topic` of this config that gets a notification. Set exactly one of `alarmTopicArn` and `alarmTopicName`. */
    alarmTopicName: nonEmpty("the topic's name").optional(),
  }),
  (value, context) => exactlyOne(value, ['alarmTopicArn', 'alarmTopicName'], context),
);
