import { dnsSuffix, partitionOf } from '../../../modules/rules/partitions';
import type { JobEventOf } from '../../../triggers/events';
import { matchingValue } from './matching-value';
import { arnOf, reference, type Surroundings } from './surroundings';

/** A message whose attributes match the trigger's filter. @see https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
export function sns({ properties }: JobEventOf<'sns'>, surroundings: Surroundings) {
  const { region, now } = surroundings;
  const topicArn = arnOf(surroundings, 'sns', reference(properties.snsTopicName, properties.snsTopicArn));
  const attributes = Object.entries(properties.filterPolicy ?? {}).flatMap(([name, matchers]) => {
    const value = matchingValue(matchers, name);
    if (value === undefined) return [];
    const type = typeof value === 'number' ? 'Number' : 'String';
    return [[name, { Type: type, Value: String(value) }]];
  });
  const host = `sns.${region}.${dnsSuffix(partitionOf(region))}`;
  const subscriptionArn = `${topicArn}:${surroundings.uuid()}`;
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: subscriptionArn,
        Sns: {
          Type: 'Notification',
          MessageId: surroundings.uuid(),
          TopicArn: topicArn,
          Subject: null,
          Message: '{"orderId":"1001"}',
          Timestamp: now.toISOString(),
          SignatureVersion: '1',
          Signature: 'c2FtcGxl',
          SigningCertUrl: `https://${host}/SimpleNotificationService-sample.pem`,
          UnsubscribeUrl: `https://${host}/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`,
          MessageAttributes: Object.fromEntries(attributes),
        },
      },
    ],
  };
}
