// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import { type DynamoDbStreamProps, DynamoDbStreamTrigger } from '../../../triggers/dynamo-db-stream/trigger';
import { permissions } from '../../synthesis';
import { withFunction } from '../function-target';

const ARN = 'arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000';

function synthesize(props: Partial<DynamoDbStreamProps> = {}, tags?: { readonly [key: string]: string }) {
  return withFunction(
    (scope, target) => new DynamoDbStreamTrigger(scope, 'orders', { streamArn: ARN, ...props, target }),
    tags && { tags },
  );
}

const READ = {
  Sid: 'ReadStream',
  Effect: 'Allow',
  Action: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
  Resource: [ARN],
};

// The default destination for notifications about batches that Lambda gives up.
const REPORT = {
  Sid: 'ReportGivenUp',
  Effect: 'Allow',
  Action: ['sqs:SendMessage'],
  Resource: ['${aws_sqs_queue.undelivered.arn}'],
};

describe('DynamoDbStreamTrigger', () => {
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

  it('reads batches of 100 from the oldest record on, once the role may', () => {
    expect(synthesize().one('aws_lambda_event_source_mapping')).toEqual({
      function_name: '${aws_lambda_function.function.arn}',
      event_source_arn: ARN,
      batch_size: 100,
      destination_config: { on_failure: { destination_arn: '${aws_sqs_queue.undelivered.arn}' } },
      starting_position: 'TRIM_HORIZON',
      depends_on: ['aws_iam_role_policy.orders_Access'],
    });
    expect(permissions(synthesize(), 'orders_Access')).toEqual([READ, REPORT]);
  });

  it('reads only records that match a filter', () => {
    const filterCriteria = { filters: [{ pattern: { eventName: ['a'] } }] };
    expect(synthesize({ filterCriteria }).one('aws_lambda_event_source_mapping').filter_criteria).toEqual({
      filter: [{ pattern: '{"eventName":["a"]}' }],
    });
  });

  it('reads as its settings say, and reports batches that Lambda gives up', () => {
    const onFailure = { arn: 'arn:aws:sns:eu-west-1:123456789012:given-up', type: 'sns' } as const;
    const synthesis = synthesize(
      {
        batchSize: 1000,
        maxBatchWindowSeconds: 5,
        startingPosition: 'LATEST',
        maximumRetryAttempts: 0,
        parallelizationFactor: 2,
        bisectBatchOnFunctionError: true,
        onFailure,
      },
      { team: 'data' },
    );
    expect(synthesis.one('aws_lambda_event_source_mapping')).toMatchObject({
      batch_size: 1000,
      maximum_batching_window_in_seconds: 5,
      starting_position: 'LATEST',
      maximum_retry_attempts: 0,
      parallelization_factor: 2,
      bisect_batch_on_function_error: true,
      destination_config: { on_failure: { destination_arn: onFailure.arn } },
      tags: { team: 'data' },
    });
    expect(permissions(synthesis, 'orders_Access')).toEqual([
      READ,
      { Sid: 'ReportGivenUp', Effect: 'Allow', Action: ['sns:Publish'], Resource: [onFailure.arn] },
    ]);
  });

  it("takes the stream of a provider's own table", () => {
    const synthesis = withFunction((scope, target) => {
      const { streamArn } = new DynamodbTable(scope, 'table', { name: 'mine' });
      new DynamoDbStreamTrigger(scope, 'orders', { streamArn, target });
    });
    expect(synthesis.one('aws_lambda_event_source_mapping').event_source_arn).toBe(
      '${aws_dynamodb_table.table.stream_arn}',
    );
  });

  it('names the construct and the property if its properties are wrong', () => {
    expect(() => synthesize({ batchSize: 1001 })).toThrow(/stack\/orders[\s\S]*\n {4}batchSize$/);
  });
});
