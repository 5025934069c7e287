import { batchJobsConfig } from '../../modules/config/config';
import { problemsWith, SMALLEST_JOB } from './samples';

const IMAGE = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/job:1';

function fixes(connectTo: string[], egress: 'nat' | 'endpoints', more: object) {
  const packaging = { type: 'prebuilt-image', properties: { image: IMAGE } };
  const report = { type: 'batch-job', properties: { ...SMALLEST_JOB, container: { packaging }, connectTo } };
  const config = { stackName: 'reports', vpc: { privateSubnets: true, egress }, resources: { report, ...more } };
  return problemsWith(batchJobsConfig, config).map(({ path, found, fix }) => [path, found, fix]);
}

const UNREACHABLE: readonly (readonly [type: string, service: string, properties: object | undefined])[] = [
  ['sqs-queue', 'Amazon SQS', undefined],
  ['sns-topic', 'Amazon SNS', undefined],
  ['event-bus', 'Amazon EventBridge', undefined],
  ['user-auth-pool', 'Amazon Cognito', undefined],
  ['kinesis-stream', 'Amazon Kinesis', { shardCount: 1 }],
  ['dynamo-db-table', 'Amazon DynamoDB', { primaryKey: { partitionKey: { name: 'id', type: 'string' } } }],
  [
    'batch-job',
    'AWS Step Functions and AWS Batch',
    { ...SMALLEST_JOB, container: { packaging: { type: 'prebuilt-image', properties: { image: IMAGE } } } },
  ],
];

describe('a connection of a job behind endpoints', () => {
  it.each(UNREACHABLE)('to a %s is refused: nothing leads to %s', (type, service, properties) => {
    const other = { other: { type, ...(properties && { properties }) } };
    expect(fixes(['other'], 'endpoints', other)).toEqual([
      [
        'resources.report.properties.connectTo[0]',
        `"other", which is reached by ${service}`,
        "set vpc.egress to 'nat', or leave the connection out",
      ],
    ]);
    expect(fixes(['other'], 'nat', other)).toEqual([]);
  });

  it('to mail is refused', () => {
    expect(fixes(['aws:ses'], 'endpoints', {})).toMatchObject([
      [expect.anything(), expect.stringContaining('Amazon SES'), expect.anything()],
    ]);
  });

  it('to what lies in the VPC, or behind the endpoint of S3, is taken', () => {
    const more = {
      files: { type: 'bucket' },
      orders: { type: 'relational-database', properties: { engine: { type: 'postgres' } } },
    };
    expect(fixes(['files', 'orders'], 'endpoints', more)).toEqual([]);
  });
});
