import { asObject, asText, type JsonObject } from '../../../modules/orchestration/trigger/json';
import type { Undelivered } from './entry';
import { attribute, attributes, dateOf, type Found, oneLine } from './found';

/**
 * A message that SNS could not deliver to a function.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
 */
export function topicDeadLetter({ message, text, body, queue, shared, receivers }: Found): Undelivered | undefined {
  const [record] = Array.isArray(body?.Records) ? body.Records : [];
  const delivered = asObject(asObject(record)?.Sns);
  const notification = delivered ?? (body?.Type === 'Notification' ? body : undefined);
  const topicArn = asText(notification?.TopicArn);
  if (notification === undefined || topicArn === undefined || !asText(notification.MessageId)) return undefined;
  const code = attribute(message, 'ErrorCode') ?? 'SNS does not say why.';
  const explanation = attribute(message, 'ErrorMessage');
  const jobs = receivers.ofTopic(topicArn, queue.arn);
  const why = forFunctions(receivers.functionsOfTopic(topicArn, queue.arn), jobs);
  return {
    ...shared,
    jobs,
    source: 'sns',
    reason: oneLine(explanation === undefined ? code : `${code}: ${explanation}`),
    first: dateOf(notification.Timestamp),
    error: attributes(message.MessageAttributes),
    start:
      why !== undefined
        ? { kind: 'none', why }
        : {
            kind: 'event',
            json: delivered === undefined ? JSON.stringify(asDelivered(notification, topicArn)) : text,
            invocation: shared.messageId,
          },
  };
}

/** Why no run can be started for a message that functions may have missed: a run would delete it, and SNS does not say whose it is. */
function forFunctions(functions: readonly string[], jobs: readonly string[]): string | undefined {
  if (functions.length === 0) return undefined;
  const them = functions.map((name) => `the function ${name}`).join(' or ');
  if (jobs.length === 0) return `It is for ${them}, and starts no job.`;
  return `It can be for ${them}, or for ${jobs.join(' or ')}: SNS does not say for which.`;
}

/**
 * The event that Lambda makes of a notification, which names two properties in another way.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
 */
function asDelivered(notification: JsonObject, topicArn: string) {
  const { Subject = null, SigningCertURL, UnsubscribeURL, MessageAttributes = {}, ...shared } = notification;
  const address = asText(UnsubscribeURL);
  const subscription = address === undefined ? undefined : /[?&]SubscriptionArn=([^&]+)/.exec(address)?.[1];
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: subscription === undefined ? topicArn : decodeURIComponent(subscription),
        Sns: {
          ...shared,
          Subject,
          ...(SigningCertURL !== undefined && { SigningCertUrl: SigningCertURL }),
          ...(UnsubscribeURL !== undefined && { UnsubscribeUrl: UnsubscribeURL }),
          MessageAttributes,
        },
      },
    ],
  };
}
