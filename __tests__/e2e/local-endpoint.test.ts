import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { documents, LocalProject } from '../cli/local/whole-program';
import { describeWith } from './engines/availability';
import { AwsApi } from './engines/aws-api';
import { type Moto, startMoto, unavailable } from './engines/moto';

const PYTHON = process.env.PYTHON ?? 'python3';
const REGION = 'eu-west-1';

/** A job with the AWS SDK for Python, which gets only its variables. */
const JOB = `
import json, os
import boto3

variables = os.environ
event = json.loads(variables["STP_TRIGGER_EVENT_DATA"])
s3 = boto3.client("s3")
if "seed" in event:
    s3.put_object(Bucket=variables["STP_UPLOADS_NAME"], Key="sample", Body=event["seed"].encode())
else:
    record = event["Records"][0]["s3"]
    text = s3.get_object(Bucket=record["bucket"]["name"], Key=record["object"]["key"])["Body"].read().decode()
    boto3.resource("dynamodb").Table(variables["STP_COUNTS_NAME"]).put_item(Item={"key": "sample", "at": 7, "letters": len(text)})
    boto3.client("sqs").send_message(QueueUrl=variables["STP_INBOX_URL"], MessageBody=variables["API_KEY"])
    boto3.client("sns").publish(TopicArn=variables["STP_NEWS_ARN"], Message="counted")
names = ["AWS_ACCESS_KEY_ID", "AWS_SESSION_TOKEN", "API_KEY", "WHOLE", "LIMIT", "STP_DB_HOST"]
print(json.dumps({"event": len(variables["STP_TRIGGER_EVENT_DATA"]), **{name: variables.get(name) for name in names}}))
`;

const companion = (type: string, properties?: object) => ({ type, ...(properties && { properties }) });
const CONFIG = {
  stackName: 'shop',
  region: REGION,
  resources: {
    uploads: companion('bucket'),
    counts: companion('dynamo-db-table', {
      primaryKey: { partitionKey: { name: 'key', type: 'string' }, sortKey: { name: 'at', type: 'number' } },
      streamType: 'NEW_IMAGE',
    }),
    inbox: companion('sqs-queue', {
      fifoEnabled: false,
      redrivePolicy: { targetSqsQueueArn: "$ResourceParam('dead', 'arn')", maxReceiveCount: 3 },
    }),
    dead: companion('sqs-queue'),
    news: companion('sns-topic'),
    clicks: companion('kinesis-stream'),
    bus: companion('event-bus'),
    cache: companion('redis-cluster', { instanceSize: 'cache.t4g.micro', defaultUserPassword: "$Secret('redis')" }),
    unrelated: companion('bucket'),
    report: {
      type: 'batch-job',
      properties: {
        container: {
          packaging: { type: 'stacktape-image-buildpack', properties: { entryfilePath: 'job.py' } },
          environment: {
            API_KEY: "$Secret('shop.key')",
            WHOLE: "$Secret('whole')",
            LIMIT: "$Parameter('/shop/limit')",
          },
        },
        resources: { cpu: 1, memory: 512 },
        connectTo: ['counts', 'inbox', 'news', 'clicks', 'bus', 'cache', 'uploads'],
        events: [
          {
            type: 's3',
            properties: { bucketArn: "$ResourceParam('uploads', 'arn')", s3EventType: 's3:ObjectCreated:*' },
          },
        ],
      },
    },
  },
};

const missing = unavailable();

let project: LocalProject;

beforeAll(() => {
  project = new LocalProject(realpathSync(mkdtempSync(join(tmpdir(), 'local-endpoint-'))));
  project.write({
    'job.py': JOB,
    'jobs.json': JSON.stringify(CONFIG),
    'requirements.txt': 'boto3==1.40.0\n',
    'seed.json': JSON.stringify({ seed: 'twelve bytes' }),
    'large.json': JSON.stringify({ seed: 'x'.repeat(20_000) }),
  });
});

afterAll(() => rmSync(project.folder, { recursive: true, force: true }));

describeWith(
  [missing === undefined ? { available: true } : { available: false, reason: missing }],
  'on moto, with nothing deployed,',
  () => {
    let moto: Moto;
    let api: AwsApi;

    beforeAll(async () => {
      moto = await startMoto();
      api = new AwsApi(
        { endpoint: moto.endpoint, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } },
        REGION,
      );
    });

    afterAll(async () => {
      await moto?.stop();
    });

    /** The shell's own credentials are for AWS. */
    const env = {
      PATH: `${dirname(PYTHON)}${delimiter}${process.env.PATH}`,
      AWS_ACCESS_KEY_ID: 'AKIAREAL',
      AWS_SECRET_ACCESS_KEY: 'real',
      AWS_SESSION_TOKEN: 'real',
    };
    const run = (...words: string[]) =>
      project.run(['--plain', '--json', '--endpoint', moto.endpoint, ...words], { env });
    const saidIn = (stdout: string) => JSON.parse(documents(stdout).find(({ type }) => type === 'output').text);

    it('a large event needs a bucket that is created only on request', async () => {
      const { code, stderr } = await run('--event', 'large.json');
      expect(code).toBe(2);
      expect(stderr).toBe(
        `The event is larger than 8,192 characters, and the payload bucket shop-events is not at ${moto.endpoint}. Add --create.\n`,
      );
    });

    it('a job gets what it refers to, secrets and a large event included', async () => {
      const { code, stdout, stderr } = await run('--create', '--event', 'large.json', '--secret', 'API_KEY=s3cret');
      expect([code, stderr]).toEqual([0, '']);
      const all = documents(stdout);
      const created = all.flatMap(({ type, kind, name }) => (type === 'resource' ? [`${kind} ${name}`] : []));
      expect(created.sort()).toEqual([
        'bucket shop-uploads',
        'dynamo-db-table shop-counts',
        'event-bus shop-bus',
        'kinesis-stream shop-clicks',
        'parameter /shop/limit',
        'secret redis',
        'secret shop',
        'secret whole',
        'sns-topic shop-news',
        'sqs-queue shop-dead',
        'sqs-queue shop-inbox',
      ]);
      const notes = all.flatMap(({ type, text }) => (type === 'note' ? [text] : []));
      expect(notes).toEqual([
        'cache (redis-cluster) is not created: no emulator is asked for resources of this type',
        ...notes
          .slice(1)
          .map(() =>
            expect.stringMatching(
              /^STP_(CACHE_\w+|COUNTS_STREAM_ARN) is \S*<.*only a deployment knows\. Set it by --env STP_/,
            ),
          ),
      ]);
      expect(all).toContainEqual(expect.objectContaining({ type: 'started', claimCheck: true }));
      expect(saidIn(stdout)).toEqual({
        event: JSON.stringify({ seed: 'x'.repeat(20_000) }).length,
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SESSION_TOKEN: null,
        API_KEY: 's3cret',
        WHOLE: '<secret WHOLE>',
        LIMIT: '<secret LIMIT>',
        STP_DB_HOST: null,
      });
      const { Table } = await api.json<{ Table: object }>('dynamodb', 'DynamoDB_20120810.DescribeTable', {
        TableName: 'shop-counts',
      });
      expect(Table).toMatchObject({
        KeySchema: [
          { AttributeName: 'key', KeyType: 'HASH' },
          { AttributeName: 'at', KeyType: 'RANGE' },
        ],
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      });
      const { Attributes } = await api.json<{ Attributes: object }>('sqs', 'AmazonSQS.GetQueueAttributes', {
        QueueUrl: `${moto.endpoint}/123456789012/shop-inbox`,
        AttributeNames: ['All'],
      });
      expect(Attributes).toMatchObject({ RedrivePolicy: expect.stringContaining(':shop-dead') });
    });

    it('reads a bucket and writes a table, a queue and a topic; creating all of it again is fine', async () => {
      expect((await run('--create', '--event', 'seed.json')).code).toBe(0);
      const { code, stdout, stderr } = await run('--create');
      expect([code, stderr]).toEqual([0, '']);
      // Created above, and not again.
      expect(saidIn(stdout)).toMatchObject({ API_KEY: 's3cret', WHOLE: '<secret WHOLE>' });
      const { Items } = await api.json<{ Items: object[] }>('dynamodb', 'DynamoDB_20120810.Scan', {
        TableName: 'shop-counts',
      });
      expect(Items).toEqual([{ key: { S: 'sample' }, at: { N: '7' }, letters: { N: String('twelve bytes'.length) } }]);
      const { Messages } = await api.json<{ Messages: object[] }>('sqs', 'AmazonSQS.ReceiveMessage', {
        QueueUrl: `${moto.endpoint}/123456789012/shop-inbox`,
      });
      expect(Messages).toMatchObject([{ Body: 's3cret' }]);
    });
  },
);

test('where nothing listens, nothing starts', async () => {
  const { code, stdout, stderr } = await project.run(['--plain', '--endpoint', 'http://127.0.0.1:1']);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(
    /^--endpoint: nothing answers at http:\/\/127\.0\.0\.1:1: .*ECONNREFUSED.*\. Start the emulator\.\n$/,
  );
});
