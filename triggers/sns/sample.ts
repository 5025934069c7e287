import type { SNSEvent, SNSEventRecord, SNSMessage } from 'aws-lambda';
import { dnsSuffix, partitionOf } from '../../modules/rules/partitions';
import type { SourceEvent } from '../event-schema';
import { matchingValue } from '../patterns/matching-value';
import { fitted } from '../patterns/sample';
import { arnOf, reference, type SampleContext } from '../sample-context';
import type { sns as schema } from './schema';

/** Amazon SNS sends `null` for a message without a subject. The types leave the subject out. */
interface Sample extends Omit<SNSEvent, 'Records'> {
  Records: (Omit<SNSEventRecord, 'Sns'> & { Sns: Omit<SNSMessage, 'Subject'> & { Subject: null } })[];
}

const BODY = { orderId: '1001' };

/** A message whose attributes or body match the trigger's filter. @see https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
export function sns({ properties }: SourceEvent<typeof schema>, context: SampleContext): Sample {
  const { region, now } = context;
  const topicArn = arnOf(context, 'sns', reference(properties.snsTopicName, properties.snsTopicArn));
  const { filterPolicy = {}, filterPolicyScope } = properties;
  const isByBody = filterPolicyScope === 'MessageBody';
  const message = isByBody ? fitted(BODY, filterPolicy) : BODY;
  const attributes = Object.entries(isByBody ? {} : filterPolicy).flatMap(([name, matchers]) => {
    const value = matchingValue(matchers, name);
    if (value === undefined) return [];
    const type = typeof value === 'number' ? 'Number' : 'String';
    return [[name, { Type: type, Value: String(value) }]];
  });
  const host = `sns.${region}.${dnsSuffix(partitionOf(region))}`;
  const subscriptionArn = `${topicArn}:${context.uuid()}`;
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: subscriptionArn,
        Sns: {
          Type: 'Notification',
          MessageId: context.uuid(),
          TopicArn: topicArn,
          Subject: null,
          Message: JSON.stringify(message),
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
