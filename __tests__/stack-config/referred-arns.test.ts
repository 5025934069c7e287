import { referableOf } from '../../modules/resources/referables';
import { ARN_RULES } from '../../modules/stack-config/arn-rules';
import { namedForArn } from '../../modules/stack-config/referred-arns';
import { SOURCES } from '../../triggers/registry';
import type { AnySource } from '../../triggers/source';
import { configProblems } from './samples';
import { fixesFor, functionOf, jobOf } from './with-resources';

const QUEUE_ARN = 'arn:aws:sqs:eu-west-1:123456789012:theirs';
const primaryKey = { partitionKey: { name: 'id', type: 'string' } };
const OTHERS = {
  queue: { type: 'sqs-queue' },
  topic: { type: 'sns-topic' },
  stream: { type: 'kinesis-stream' },
  table: { type: 'dynamo-db-table', properties: { primaryKey, streamType: 'KEYS_ONLY' } },
  files: { type: 'bucket' },
  bus: { type: 'event-bus' },
  fn: functionOf('sqs', { sqsQueueArn: QUEUE_ARN }),
};
const of = (resource: string, param: string) => `$ResourceParam('${resource}', '${param}')`;
const MORE: { readonly [type: string]: object } = {
  s3: { s3EventType: 's3:ObjectCreated:*' },
  'event-bus': { eventPattern: { source: ['shop'] } },
};
const eventOf = (type: string, properties: object) => jobOf(type, { ...properties, ...MORE[type] });
const where = 'job.properties.events[0].properties';

it('every parameter that a property refers to exists', () => {
  const ofSources = SOURCES.flatMap((source) => Object.values((source as Pick<AnySource<string>, 'arns'>).arns ?? {}));
  const referred = [...Object.values(ARN_RULES), ...ofSources].flatMap((each) => Object.entries(each?.refersTo ?? {}));
  expect(referred.length).toBeGreaterThan(20);
  expect(referred.filter(([type, param]) => !referableOf(type)?.params.includes(param))).toEqual([]);
});

describe.each([
  ['sqs', 'sqsQueueArn', 'queue', 'arn'],
  ['sns', 'snsTopicArn', 'topic', 'arn'],
  ['s3', 'bucketArn', 'files', 'arn'],
  ['kinesis-stream', 'streamArn', 'stream', 'arn'],
  ['dynamo-db-stream', 'streamArn', 'table', 'streamArn'],
  ['cloudwatch-log', 'logGroupArn', 'fn', 'logGroupArn'],
  ['event-bus', 'eventBusArn', 'bus', 'arn'],
])('%s %s', (type, property, right, param) => {
  const wrong = right === 'queue' ? 'topic' : 'queue';
  const fixes = (value: string) => fixesFor({ ...OTHERS, job: eventOf(type, { [property]: value }) });
  const fix = [`${where}.${property}: write $ResourceParam('${right}', '${param}')`];

  it('can be the ARN of a resource of its type', () => {
    expect(fixes(of(right, param))).toEqual([]);
  });

  it('is neither another parameter nor the ARN of another type: the fix names the resource that fits', () => {
    expect(fixes(of(right, 'name'))).toEqual(fix);
    expect(fixes(of(wrong, 'arn'))).toEqual(fix);
  });

  it('is refused once if it is a format, as a whole', () => {
    const format = (name: string) => `$CfFormat('arn:{}', ${of(name, 'name')})`;
    const whole = `${where}.${property}: write it whole, as`;
    expect(fixes(format(right))).toEqual([`${whole} ${of(right, param)} or as it is in AWS`]);
    expect(fixes(format(wrong))).toEqual(fix);
    expect(fixes(format('elsewhere'))).toContain(`${whole} ${of('elsewhere', 'name')} or as it is in AWS`);
  });

  it('is not the name of a resource, of its type or of another', () => {
    expect(fixes(right)).toEqual(fix);
    expect(fixes(wrong)).toEqual(fix);
    expect(fixes('elsewhere').join()).not.toContain("'elsewhere'");
  });

  it('is explained if no resource fits', () => {
    const { [right as keyof typeof OTHERS]: _, ...rest } = OTHERS;
    const [only] = fixesFor({ ...rest, job: eventOf(type, { [property]: wrong }) });
    expect(only).toMatch(
      /: add an? .* to resources and write \$ResourceParam\('<its name>', '\w+'\), or write an ARN$/,
    );
  });
});

it('says of which type a named resource is', () => {
  const api = { type: 'http-api-gateway' };
  const resources = {
    api,
    files: { type: 'bucket' },
    more: { type: 'bucket' },
    job: eventOf('s3', { bucketArn: 'api' }),
  };
  expect(configProblems({ stackName: 'reports', resources })).toEqual([
    {
      path: `resources.${where}.bucketArn`,
      found: '"api", which is an http-api-gateway',
      accepted: 'the ARN of a bucket, such as arn:aws:s3:::reports',
      fix: "write $ResourceParam('<name>', 'arn') of files or more",
    },
  ]);
});

it('says what a table needs to have a stream', () => {
  const table = { type: 'dynamo-db-table', properties: { primaryKey } };
  expect(fixesFor({ table, job: eventOf('dynamo-db-stream', { streamArn: 'table' }) })).toEqual([
    `${where}.streamArn: write $ResourceParam('table', 'streamArn'), and add streamType: 'NEW_AND_OLD_IMAGES' to the table's properties`,
  ]);
});

it('checks what events and notifications send to as well', () => {
  const onDeliveryFailure = { sqsQueueArn: of('topic', 'arn') };
  const onFailure = { type: 'sqs', arn: of('files', 'arn') };
  const job = eventOf('sns', { snsTopicName: 'topic', onDeliveryFailure });
  const other = eventOf('kinesis-stream', { kinesisStreamName: 'stream', consumerArn: of('stream', 'arn'), onFailure });
  const notifications = { onFailure: { snsTopicArn: of('queue', 'arn') } };
  expect(fixesFor({ ...OTHERS, job, other }, { notifications })).toEqual([
    `${where}.onDeliveryFailure.sqsQueueArn: write $ResourceParam('queue', 'arn')`,
    `other${where.slice(3)}.consumerArn: write the ARN itself`,
    `other${where.slice(3)}.onFailure.arn: write $ResourceParam('<name>', 'arn') of queue or topic`,
    "notifications.onFailure.snsTopicArn: write $ResourceParam('topic', 'arn')",
  ]);
});

describe('the name of a resource', () => {
  const root = { resources: { ...OTHERS, strange: { type: 'unknown' } } };
  const stream = ['resources', 'job', 'properties', 'events', 0, 'properties', 'consumerArn'];

  it('of which no resource has such an ARN gets no fix of a directive', () => {
    const config = { resources: { ...root.resources, job: eventOf('kinesis-stream', { consumerArn: 'queue' }) } };
    expect(namedForArn(stream, 'queue', config)).toEqual({ found: '"queue", which is an sqs-queue' });
    expect(namedForArn(['encryption', 'kmsKeyArn'], 'queue', config)).toEqual({
      found: '"queue", which is an sqs-queue',
    });
  });

  it('stays as it is in other properties, for what exists elsewhere, and of no type', () => {
    const existing = ['resources', 'topic', 'existing', 'arn'];
    expect(namedForArn(existing, 'queue', root)).toBeUndefined();
    expect(namedForArn(['stackName'], 'queue', root)).toBeUndefined();
    expect(namedForArn(['encryption', 'kmsKeyArn'], 'strange', root)).toBeUndefined();
    expect(namedForArn(['encryption', 'kmsKeyArn'], 'nobody', root)).toBeUndefined();
  });
});
