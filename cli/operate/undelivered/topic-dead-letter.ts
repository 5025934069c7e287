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
  return {
    ...shared,
    jobs: receivers.ofTopic(topicArn, queue.arn),
    functions: receivers.functionsOfTopic(topicArn, queue.arn),
    source: 'sns',
    reason: oneLine(explanation === undefined ? code : `${code}: ${explanation}`),
    first: dateOf(notification.Timestamp),
    error: attributes(message.MessageAttributes),
    start: {
      kind: 'event',
      json: delivered === undefined ? JSON.stringify(asDelivered(notification, topicArn)) : text,
      invocation: shared.messageId,
    },
  };
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
