import { type Difference, withJob } from './difference';

const EVENT = 'resources.tally.properties.events[0]';

/** Sources that are refused, what to do, and what the fix of the error has. */
const OTHER_SOURCES: { readonly [type: string]: readonly [change: string, fix: string] } = {
  'kafka-topic': [
    'Add an `AWS::Lambda::EventSourceMapping` to `cloudformationResources`',
    'an AWS::Lambda::EventSourceMapping in cloudformationResources',
  ],
  iot: [
    'Add an `AWS::IoT::TopicRule` that sends to a queue to `cloudformationResources`, and an `sqs` event',
    'add an AWS::IoT::TopicRule',
  ],
  'cloudwatch-alarm': [
    'Use an `event-bus` event with `useDefaultBus` and the source `aws.cloudwatch`',
    "write an event-bus event with useDefaultBus: true and eventPattern: { source: ['aws.cloudwatch']",
  ],
};

function event(type: string, properties: object): object {
  return { events: [{ type, properties }] };
}

/** Of events. */
export const EVENTS: readonly Difference[] = [
  {
    stacktape: 'Kinesis events take up to 100 records for a run, though the reference says 10',
    here: 'Up to 10',
    change: 'Write `batchSize: 100` to keep it',
    config: withJob(event('kinesis-stream', { kinesisStreamName: 'clicks' }), { clicks: { type: 'kinesis-stream' } }),
    outcome: { creates: { aws_lambda_event_source_mapping: { batch_size: 10 } } },
  },
  {
    stacktape: 'The guide gives a `cloudwatch-log` event the `arn` of a function',
    here: 'Refused: that is no log group',
    change: 'Write `logGroupArn`',
    config: withJob(event('cloudwatch-log', { logGroupArn: "$ResourceParam('sorter', 'arn')" }), {
      sorter: { type: 'function', existing: { arn: 'arn:aws:lambda:eu-west-1:123456789012:function:sorter' } },
    }),
    outcome: { refused: [[`${EVENT}.properties.logGroupArn`, 'logGroupArn']] },
  },
  {
    stacktape: '`topicName` of an `sns` event, which only the guide writes',
    here: 'Accepted as `snsTopicName`',
    change: 'Nothing',
    config: withJob(event('sns', { topicName: 'orders' }), { orders: { type: 'sns-topic' } }),
    outcome: { creates: { aws_sns_topic_subscription: { protocol: 'lambda' } } },
  },
  {
    stacktape: 'An HTTP request gets `message`, `stateMachineName` and `stateMachineExecutionArn`',
    here: 'The same names; the text of `message` is different',
    change: "Don't match the message",
    config: withJob(event('http-api-gateway', { httpApiGatewayName: 'desk', path: '/tally', method: 'POST' }), {
      desk: { type: 'http-api-gateway' },
    }),
    outcome: { creates: { aws_apigatewayv2_route: { route_key: 'POST /tally' } } },
  },
  ...Object.entries(OTHER_SOURCES).map(
    ([type, [change, fix]]): Difference => ({
      stacktape: `\`${type}\` events`,
      here: 'Refused: not part of this project',
      change,
      config: withJob(event(type, {})),
      outcome: { refused: [[`${EVENT}.type`, fix]] },
    }),
  ),
];
