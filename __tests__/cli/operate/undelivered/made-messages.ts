import type { Message } from '@aws-sdk/client-sqs';
import type { DeployedJob, Deployment } from '../../../../cli/operate/deployment';
import type { Undelivered } from '../../../../cli/operate/undelivered/entry';
import type { SourceQueue, UndeliveredQueue } from '../../../../cli/operate/undelivered/undelivered-queues';

/*
 * Messages in the forms that AWS documents, with the names of a made-up stack. None was recorded from AWS.
 */

const REGION = 'eu-west-1';
const ACCOUNT = '123456789012';

export const arn = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;

/** A message as ReceiveMessage returns it. */
export function message(body: unknown, given: Partial<Message> = {}): Message {
  return {
    MessageId: '3f2a91c4-77aa-4c1e-9d5b-000000000001',
    ReceiptHandle: 'handle',
    Body: typeof body === 'string' ? body : JSON.stringify(body),
    MD5OfBody: 'md5',
    ...given,
    Attributes: { SentTimestamp: '1764165600000', ApproximateReceiveCount: '2', ...given.Attributes },
  };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
export function lambdaFailure(
  event: unknown,
  given: { readonly functionName?: string; readonly condition?: string } = {},
) {
  const { functionName = 'shop-report-trigger', condition = 'RetriesExhausted' } = given;
  return {
    version: '1.0',
    timestamp: '2026-11-26T14:03:00.000Z',
    requestContext: {
      requestId: 'e4b46cbf-b738-xmpl-8880-a18cdf61200e',
      functionArn: arn('lambda', `function:${functionName}:$LATEST`),
      condition,
      approximateInvokeCount: 3,
    },
    requestPayload: event,
    ...(condition === 'RetriesExhausted' && {
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: {
        errorType: 'StartError.Curable.ThrottlingException',
        errorMessage: 'Out of time after 20 attempts: ThrottlingException (HTTP 400): Rate exceeded',
        trace: ['StartError: Out of time', '    at withRetries (/var/task/index.js:1:1)'],
      },
    }),
  };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html and services-dynamodb-errors.html */
export function streamFailure(info: 'KinesisBatchInfo' | 'DDBStreamBatchInfo', streamArn: string, batch: object = {}) {
  return {
    requestContext: {
      requestId: 'c9b8fa9f-5a7f-xmpl-af9c-0c604cde93a5',
      functionArn: arn('lambda', 'function:shop-report-trigger'),
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: 1,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: '2026-11-26T14:03:00.021Z',
    [info]: {
      shardId: 'shardId-000000000001',
      startSequenceNumber: '49601189658422359378836298521827638475320189012309704722',
      endSequenceNumber: '49601189658422359378836298522902373528957594348623495186',
      approximateArrivalOfFirstRecord: '2026-11-26T14:02:00.040Z',
      approximateArrivalOfLastRecord: '2026-11-26T14:02:00.990Z',
      batchSize: 2,
      streamArn,
      ...batch,
    },
  };
}

const textAttributes = (values: { readonly [name: string]: string }): Message['MessageAttributes'] =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]));

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html */
export function ruleAttributes(functionName = 'shop-report-trigger', rule = 'shop-report-schedule-0') {
  return textAttributes({
    RULE_ARN: arn('events', `rule/${rule}`),
    TARGET_ARN: arn('lambda', `function:${functionName}`),
    ERROR_CODE: 'NO_PERMISSIONS',
    ERROR_MESSAGE: 'The target has no permission\nfor EventBridge.',
    EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
    RETRY_ATTEMPTS: '185',
  });
}

export const SCHEDULED = {
  version: '0',
  id: '53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa',
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: ACCOUNT,
  time: '2026-11-26T14:00:00Z',
  region: REGION,
  resources: [arn('events', 'rule/shop-report-schedule-0')],
  detail: {},
};

/** A notification as SNS sends it to a queue: https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html */
export const NOTIFICATION = {
  Type: 'Notification',
  MessageId: '95df01b4-ee98-5cb9-9903-4c221d41eb5e',
  TopicArn: arn('sns', 'shop-orders'),
  Message: '{"order": 7}',
  Timestamp: '2026-11-26T14:00:00.000Z',
  SignatureVersion: '1',
  Signature: 'signature',
  SigningCertURL: 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem',
  UnsubscribeURL: `https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${arn('sns', 'shop-orders:8a21d249')}`,
  MessageAttributes: { kind: { Type: 'String', Value: 'paid' } },
};

/** https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html */
export const TOPIC_ATTRIBUTES = textAttributes({
  RequestID: 'b55d4c7a-32a9-5b15-b2b2-160a75b4e0b4',
  ErrorCode: '403',
  ErrorMessage: 'The subscription has no permission to invoke the function.',
});

/** The event that Lambda makes of {@link NOTIFICATION}: https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
export const DELIVERED_NOTIFICATION = {
  Records: [
    {
      EventSource: 'aws:sns',
      EventVersion: '1.0',
      EventSubscriptionArn: arn('sns', 'shop-orders:8a21d249'),
      Sns: {
        Type: 'Notification',
        MessageId: NOTIFICATION.MessageId,
        TopicArn: NOTIFICATION.TopicArn,
        Subject: null,
        Message: NOTIFICATION.Message,
        Timestamp: NOTIFICATION.Timestamp,
        SignatureVersion: '1',
        Signature: 'signature',
        SigningCertUrl: NOTIFICATION.SigningCertURL,
        UnsubscribeUrl: NOTIFICATION.UnsubscribeURL,
        MessageAttributes: NOTIFICATION.MessageAttributes,
      },
    },
  ],
};

/** A queue with undelivered events. */
export function queue(name = 'shop-undelivered-events', given: Partial<UndeliveredQueue> = {}): UndeliveredQueue {
  const roles = ['undelivered events of the stack'];
  const counts = { messages: 1, hidden: 0 };
  return {
    arn: arn('sqs', name),
    name,
    url: `https://sqs/${name}`,
    fifo: false,
    roles,
    redriven: [],
    isOnlyRedrive: false,
    ...counts,
    ...given,
  };
}

/** A queue that starts jobs. */
export function sourceQueue(name: string, jobs: readonly string[] = ['report']): SourceQueue {
  return { arn: arn('sqs', name), name, jobs, functions: [], maxReceives: 5 };
}

/** An event for the job `report`, of which little is known. */
export function entry(more: Partial<Undelivered> = {}): Undelivered {
  return {
    messageId: 'm-1',
    queue: queue(),
    jobs: ['report'],
    functions: [],
    source: 'schedule',
    reason: '',
    last: new Date(0),
    sent: new Date(0),
    bytes: 0,
    receives: 1,
    start: { kind: 'event', json: '{}', invocation: 'request-1' },
    ...more,
  };
}

/** A stack with a job for each list of events, a function and a topic. */
export function deployment(
  events: { readonly [job: string]: readonly unknown[] } = { report: [] },
  more: object = {},
): Deployment {
  const jobs = Object.entries(events).map(([name, given]): [string, DeployedJob] => [
    name,
    {
      name,
      properties: { events: given },
      triggerFunctionName: `shop-${name}-trigger`,
      stateMachineArn: arn('states', `stateMachine:shop-${name}`),
    } as unknown as DeployedJob,
  ]);
  const resources = {
    authorize: { type: 'function', properties: { events: [] } },
    orders: { type: 'sns-topic' },
    dead: { type: 'sqs-queue' },
    ...more,
  };
  return {
    stackName: 'shop',
    nameStart: 'shop',
    region: REGION,
    partition: 'aws',
    config: { resources },
    jobs: new Map(jobs),
    functions: new Map(
      Object.entries(resources as { [name: string]: { type: string; properties?: object } }).flatMap(
        ([name, { type, properties }]) =>
          type === 'function' ? [[name, { name, properties, functionName: `shop-${name}` }]] : [],
      ),
    ),
    undeliveredEventsName: 'shop-undelivered-events',
    arn,
  } as unknown as Deployment;
}
