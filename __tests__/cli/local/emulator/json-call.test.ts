import { json } from '../../../../cli/local/emulator/json-call';

it('a call has the name of its service, the version of JSON that this takes, and its operation', () => {
  expect(json('DynamoDB_20120810.CreateTable', TABLE)).toEqual({
    service: 'dynamodb',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.CreateTable',
    },
    body: JSON.stringify(TABLE),
  });
  expect(json('Kinesis_20131202.DescribeStreamSummary', { StreamName: 'clicks' })).toEqual({
    service: 'kinesis',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'Kinesis_20131202.DescribeStreamSummary',
    },
    body: '{"StreamName":"clicks"}',
  });
});

const TABLE = {
  TableName: 'orders',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
} as const;

it('another operation, or a request of another one, does not compile', () => {
  // @ts-expect-error: not an operation that is used here
  expect(() => json('Kinesis_20131202.DeleteStream', { StreamName: 'clicks' })).toThrow();
  // @ts-expect-error: the name of a stream is StreamName
  expect(json('Kinesis_20131202.DescribeStreamSummary', { Name: 'clicks' }).service).toBe('kinesis');
});
