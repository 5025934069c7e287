// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { KinesisStream } from '@cdktf/provider-aws/lib/kinesis-stream';
import { type KinesisStreamProps, KinesisStreamTrigger } from '../../../triggers/kinesis-stream/trigger';
import { permissions } from '../../synthesis';
import { withFunction } from '../function-target';

const ARN = 'arn:aws:kinesis:eu-west-1:123456789012:stream/clicks';
const CONSUMER = `${ARN}/consumer/reports:1700000000`;

function synthesize(props: Partial<KinesisStreamProps> = {}, tags?: { readonly [key: string]: string }) {
  return withFunction(
    (scope, target) =>
      new KinesisStreamTrigger(scope, 'clicks', { stream: { arn: ARN }, ...props, target } as KinesisStreamProps),
    tags && { tags },
  );
}

const READ = {
  Sid: 'ReadStream',
  Effect: 'Allow',
  Action: [
    'kinesis:DescribeStream',
    'kinesis:DescribeStreamSummary',
    'kinesis:GetRecords',
    'kinesis:GetShardIterator',
    'kinesis:ListShards',
    'kinesis:ListStreams',
  ],
  Resource: [ARN],
};

// The default destination for notifications about batches that Lambda gives up.
const REPORT = {
  Sid: 'ReportGivenUp',
  Effect: 'Allow',
  Action: ['sqs:SendMessage'],
  Resource: ['${aws_sqs_queue.undelivered.arn}'],
};

describe('KinesisStreamTrigger', () => {
  it('makes a mapping and the role’s policy, and nothing else', () => {
    expect(synthesize().types).toEqual([
      'aws_iam_role',
      // Lets Lambda read this one stream in the function's name.
      'aws_iam_role_policy',
      // Lambda's reading of the stream.
      'aws_lambda_event_source_mapping',
      'aws_lambda_function',
      'aws_sqs_queue',
    ]);
  });

  it('reads batches of 10 from the oldest record on, once the role may', () => {
    expect(synthesize().one('aws_lambda_event_source_mapping')).toEqual({
      function_name: '${aws_lambda_function.function.arn}',
      event_source_arn: ARN,
      batch_size: 10,
      destination_config: { on_failure: { destination_arn: '${aws_sqs_queue.undelivered.arn}' } },
      starting_position: 'TRIM_HORIZON',
      depends_on: ['aws_iam_role_policy.clicks_Access'],
    });
  });

  it('reads from a time on', () => {
    const start = { startingPosition: 'AT_TIMESTAMP', startingPositionTimestamp: '2026-03-01T00:00:00Z' } as const;
    expect(synthesize(start).one('aws_lambda_event_source_mapping')).toMatchObject({
      starting_position: 'AT_TIMESTAMP',
      starting_position_timestamp: '2026-03-01T00:00:00Z',
    });
  });

  it('reads only records that match a filter', () => {
    const filterCriteria = { filters: [{ pattern: { data: ['a'] } }] };
    expect(synthesize({ filterCriteria }).one('aws_lambda_event_source_mapping').filter_criteria).toEqual({
      filter: [{ pattern: '{"data":["a"]}' }],
    });
  });

  it('reads as its settings say, and reports batches that Lambda gives up', () => {
    const onFailure = { arn: 'arn:aws:sqs:eu-west-1:123456789012:given-up', type: 'sqs' } as const;
    const synthesis = synthesize(
      {
        batchSize: 10_000,
        maxBatchWindowSeconds: 300,
        startingPosition: 'LATEST',
        maximumRetryAttempts: 3,
        parallelizationFactor: 10,
        bisectBatchOnFunctionError: true,
        onFailure,
      },
      { team: 'data' },
    );
    expect(synthesis.one('aws_lambda_event_source_mapping')).toMatchObject({
      batch_size: 10_000,
      maximum_batching_window_in_seconds: 300,
      starting_position: 'LATEST',
      maximum_retry_attempts: 3,
      parallelization_factor: 10,
      bisect_batch_on_function_error: true,
      destination_config: { on_failure: { destination_arn: onFailure.arn } },
      tags: { team: 'data' },
    });
    expect(permissions(synthesis, 'clicks_Access')).toEqual([
      READ,
      { Sid: 'ReportGivenUp', Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: [onFailure.arn] },
    ]);
  });

  it('may read the one stream, and not as a consumer, with shared throughput', () => {
    expect(permissions(synthesize(), 'clicks_Access')).toEqual([READ, REPORT]);
  });

  it('reads as a consumer that is there', () => {
    const synthesis = synthesize({ consumerArn: CONSUMER });
    expect(synthesis.byId('aws_kinesis_stream_consumer')).toEqual({});
    expect(synthesis.one('aws_lambda_event_source_mapping').event_source_arn).toBe(CONSUMER);
    expect(permissions(synthesis, 'clicks_Access')).toEqual([
      READ,
      {
        Sid: 'ReadAsConsumer',
        Effect: 'Allow',
        Action: ['kinesis:DescribeStreamConsumer', 'kinesis:SubscribeToShard'],
        Resource: [CONSUMER],
      },
      REPORT,
    ]);
  });

  it('reads as a separate consumer', () => {
    const synthesis = synthesize({ autoCreateConsumer: true }, { team: 'data' });
    expect(synthesis.one('aws_kinesis_stream_consumer')).toEqual({
      name: 'reports-nightly-clicks',
      stream_arn: ARN,
      tags: { team: 'data' },
    });
    const arn = '${aws_kinesis_stream_consumer.clicks_Consumer.arn}';
    expect(synthesis.one('aws_lambda_event_source_mapping').event_source_arn).toBe(arn);
    expect(permissions(synthesis, 'clicks_Access')[1]).toMatchObject({ Sid: 'ReadAsConsumer', Resource: [arn] });
  });

  it("takes a provider's own stream", () => {
    const synthesis = withFunction((scope, target) => {
      new KinesisStreamTrigger(scope, 'clicks', {
        stream: new KinesisStream(scope, 'stream', { name: 'mine' }),
        target,
      });
    });
    expect(synthesis.one('aws_lambda_event_source_mapping').event_source_arn).toBe('${aws_kinesis_stream.stream.arn}');
  });

  it('refuses both an existing and a new consumer', () => {
    expect(() => synthesize({ consumerArn: CONSUMER, autoCreateConsumer: true })).toThrow('Remove autoCreateConsumer');
    expect(() => synthesize({ consumerArn: CONSUMER, autoCreateConsumer: false })).not.toThrow();
  });
});
