import { ATTRIBUTES } from '../../../triggers/schedule/scheduled-event';
import type { Undelivered } from './entry';
import { attribute, attributes, dateOf, type Found, oneLine } from './found';
import { functionOf, obstacle, receiversIn } from './receivers';

/**
 * A scheduled event that EventBridge Scheduler could not deliver to the function of its target. The message is the target's input.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html
 */
export function scheduleDeadLetter({ message, text, isJson, shared, receivers }: Found): Undelivered | undefined {
  const scheduleArn = attribute(message, 'SCHEDULE_ARN');
  const targetArn = attribute(message, 'TARGET_ARN');
  if (scheduleArn === undefined || targetArn === undefined) return undefined;
  const receiver = receivers.ofFunction(targetArn);
  const time = attribute(message, 'SCHEDULED_TIME');
  const code = attribute(message, 'ERROR_CODE') ?? 'EventBridge Scheduler does not say why.';
  const explanation = attribute(message, 'ERROR_MESSAGE');
  const retries = Number(attribute(message, 'RETRY_ATTEMPTS') ?? Number.NaN);
  const why =
    obstacle(receiver, functionOf(targetArn)) ??
    (!isJson
      ? 'Its event is no JSON.'
      : attribute(message, 'IS_PAYLOAD_TRUNCATED') === 'true'
        ? 'EventBridge Scheduler kept only a part of its event.'
        : undefined);
  // Names the firing, also if the input is the one of the schedule and not the one of the firing.
  const json = text.replaceAll(ATTRIBUTES.arn, scheduleArn).replaceAll(ATTRIBUTES.time, time ?? ATTRIBUTES.time);
  return {
    ...shared,
    ...receiversIn(receiver),
    source: 'schedule',
    reason: oneLine(explanation === undefined ? code : `${code}: ${explanation}`),
    first: dateOf(time),
    tries: Number.isNaN(retries) ? undefined : retries + 1,
    error: attributes(message.MessageAttributes),
    start: why !== undefined ? { kind: 'none', why } : { kind: 'event', json, invocation: shared.messageId },
  };
}
