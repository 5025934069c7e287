import { accessOf, companionDetail } from '../../../../cli/console/picture/companion-text';
import type { Readable } from '../../../../cli/console/picture/readable';
import type { SynthesizedResource } from '../../../../cli/console/picture/stack-resources';
import type { CompanionConfig } from '../../../../modules/resources/registry';

const readable = { text: (value: string) => value } as Readable;
const made = (type: string, block: object) => [{ address: `${type}.a`, type, block } as SynthesizedResource];
const detail = (
  config: object,
  resources: readonly SynthesizedResource[] = [],
  access?: Parameters<typeof companionDetail>[2],
) => companionDetail(config as CompanionConfig, resources, access, readable).map(({ text }) => text);

it.each<[string, object, SynthesizedResource[], string]>([
  ['its type', { type: 'bucket' }, [], 'bucket'],
  ['that it exists already', { type: 'bucket', existing: { name: 'a' } }, [], 'existing bucket'],
  ['that a queue is in order', { type: 'sqs-queue' }, made('aws_sqs_queue', { fifo_queue: true }), 'queue, FIFO'],
  ['nothing of a queue that is not', { type: 'sqs-queue' }, made('aws_sqs_queue', { fifo_queue: false }), 'queue'],
  ['that a topic is in order', { type: 'sns-topic' }, made('aws_sns_topic', { fifo_topic: true }), 'topic, FIFO'],
  ['nothing of a topic that is not', { type: 'sns-topic' }, made('aws_sns_topic', { fifo_topic: false }), 'topic'],
  [
    "a database's engine, class and zones",
    { type: 'relational-database' },
    made('aws_db_instance', { engine: 'mysql', instance_class: 'db.t4g.micro', multi_az: true }),
    'MySQL, db.t4g.micro, two zones',
  ],
  [
    'the engine of an existing database',
    { type: 'relational-database', existing: { engine: 'postgres' } },
    [],
    'existing PostgreSQL',
  ],
  ['nothing of the events of a function without', { type: 'function', properties: { events: [] } }, [], 'function'],
  [
    'what invokes a function',
    { type: 'function', properties: { events: [{ type: 'sqs' }, { type: 'schedule' }, { type: 'sqs' }] } },
    [],
    'function, invoked by 2 × sqs, schedule',
  ],
  ['a database of any other engine', { type: 'relational-database', existing: {} }, [], 'existing database'],
])('says %s', (_, config, resources, text) => {
  expect(detail(config, resources)).toEqual([text]);
});

it('says what the job may do with it', () => {
  expect(detail({ type: 'bucket' }, [], 'read and write')).toEqual(['bucket, read and write']);
});

it.each([
  [['s3:GetObject', 's3:ListBucket'], 'read'],
  [['s3:PutObject'], 'write'],
  [['s3:GetObject', 's3:DeleteObject'], 'read and write'],
  [['dynamodb:BatchGetItem'], 'read'],
  [['dynamodb:BatchWriteItem'], 'write'],
  [['s3:*'], 'read and write'],
  [['*'], 'read and write'],
  [['kms:Decrypt'], undefined],
  [[], undefined],
])('%j: %s', (actions, access) => {
  expect(accessOf(actions)).toBe(access);
});
