import { indexed } from '../../modules/config/indexed-config';
import { findingsOf } from '../../modules/config/rule';
import { batchJobsConfig } from '../../modules/stack-config/config';
import { EGRESS_RULES } from '../../modules/stack-config/egress-rules';
import { problemsWith, SMALLEST_JOB, tokens } from './samples';

const IMAGE = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/job:1';

function fixes(connectTo: string[], egress: 'nat' | 'endpoints', more: object) {
  const packaging = { type: 'prebuilt-image', properties: { image: IMAGE } };
  const report = { type: 'batch-job', properties: { ...SMALLEST_JOB, container: { packaging }, connectTo } };
  const config = { stackName: 'reports', vpc: { privateSubnets: true, egress }, resources: { report, ...more } };
  return problemsWith(batchJobsConfig, config).map(({ path, found, fix }) => [path, found, fix]);
}

/** The findings in a config of one job behind endpoints, or with other properties of the VPC. */
function findings(
  properties: object,
  { vpc = { egress: 'endpoints' }, region }: { vpc?: object; region?: string } = {},
) {
  return findingsOf(EGRESS_RULES, indexed({ vpc, region, resources: { report: { type: 'batch-job', properties } } }));
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
        "set vpc.egress to 'nat', or remove the connection",
      ],
    ]);
    expect(fixes(['other'], 'nat', other)).toEqual([]);
  });

  it('to mail is refused, with what is reached', () => {
    expect(findings({ connectTo: ['files', 'aws:ses'] })).toEqual([
      {
        path: ['resources', 'report', 'properties', 'connectTo', 1],
        finding: {
          code: 'wrong-location',
          found: '"aws:ses", which is reached by Amazon SES',
          accepted:
            "connections to buckets, databases and Redis: with vpc.egress 'endpoints', jobs reach no other service",
          fix: "set vpc.egress to 'nat', or remove the connection",
        },
      },
    ]);
  });

  it('to targets in the VPC, or behind the endpoint of S3, is accepted', () => {
    const more = {
      files: { type: 'bucket' },
      orders: { type: 'relational-database', properties: { engine: { type: 'postgres' } } },
    };
    expect(fixes(['files', 'orders'], 'endpoints', more)).toEqual([]);
  });
});

describe('the image of a job behind endpoints', () => {
  const problems = (image: string, region?: string) => {
    const packaging = { type: 'prebuilt-image', properties: { image } };
    const report = { type: 'batch-job', properties: { ...SMALLEST_JOB, container: { packaging } } };
    const vpc = { privateSubnets: true, egress: 'endpoints' };
    const config = { stackName: 'reports', ...(region && { region }), vpc, resources: { report } };
    return problemsWith(batchJobsConfig, config).map(({ found, accepted, fix }) => [found, accepted, fix]);
  };

  it('is refused in another region: the endpoints lead to that of their own', () => {
    expect(problems(IMAGE, 'us-east-1')).toEqual([
      [
        `"${IMAGE}", in eu-west-1`,
        "an image in Amazon ECR in us-east-1: with vpc.egress 'endpoints', jobs reach no other region",
        "copy the image to a repository in us-east-1, or set vpc.egress to 'nat'",
      ],
    ]);
    expect(problems(IMAGE, 'eu-west-1')).toEqual([]);
    expect(problems(IMAGE)).toEqual([]);
  });

  it('is refused once if it is of another partition', () => {
    expect(problems(IMAGE, 'cn-north-1')).toEqual([
      [expect.anything(), 'an image of the partition aws-cn, as cn-north-1 is', expect.anything()],
    ]);
  });

  const container = (image: string, type = 'prebuilt-image') => ({
    container: { packaging: { type, properties: { image } } },
  });

  it('is refused outside of ECR, with an address that would be right there', () => {
    const [finding] = findings(container('busybox'));
    expect(finding).toEqual({
      path: ['resources', 'report', 'properties', 'container', 'packaging', 'properties', 'image'],
      finding: {
        code: 'invalid-value',
        found: '"busybox"',
        accepted:
          "an image in Amazon ECR, such as 123456789012.dkr.ecr.eu-west-1.amazonaws.com/job:1: with vpc.egress 'endpoints', jobs reach no other registry",
        fix: "copy the image to ECR, or set vpc.egress to 'nat'",
      },
    });
    const [[, accepted] = []] = problems('busybox', 'cn-north-1');
    expect(accepted).toContain('123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/job:1');
    expect(findings(container('busybox'), { vpc: { egress: 'nat' } })).toEqual([]);
    expect(findings(container('busybox'), { vpc: {} })).toEqual([]);
  });

  it.each([
    ['of a directive', container("$CfResourceParam('images', 'RepositoryUri')")],
    ['that only Terraform knows in full', container(`busybox:${tokens().TEXT}`)],
    ['that the stack builds', container('busybox', 'custom-dockerfile')],
  ])('is accepted if it is one %s', (_, properties) => {
    expect(findings(properties)).toEqual([]);
  });
});

describe('a parameter of AWS Systems Manager behind endpoints', () => {
  const environment = { TOKEN: "$Parameter('/reports/token')", OTHER: "$Secret('token.key')" };

  it('is refused: containers would not start', () => {
    expect(findings({ container: { environment } })).toEqual([
      {
        path: ['resources', 'report', 'properties', 'container', 'environment', 'TOKEN'],
        finding: {
          code: 'wrong-location',
          found: `"$Parameter('/reports/token')"`,
          accepted:
            "$Secret('<name>.<key>'): with vpc.egress 'endpoints', jobs reach AWS Secrets Manager and not AWS Systems Manager",
          fix: "store it in AWS Secrets Manager, or set vpc.egress to 'nat'",
        },
      },
    ]);
  });

  it('is accepted with another egress', () => {
    expect(findings({ container: { environment } }, { vpc: { egress: 'nat' } })).toEqual([]);
  });
});
