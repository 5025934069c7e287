import { DeployedStack } from '../../../cli/local/deployed-stack';
import { Placeholders } from '../../../cli/local/placeholders';

const document = {
  resource: {
    aws_sqs_queue: { inbox: { name: 'shop-inbox', url: '${aws_sqs_queue.inbox.url}' } },
    aws_s3_bucket: { uploads: { bucket: 'x-${aws_sqs_queue.inbox.name}', tags: {} } },
  },
};
const placeholders = new Placeholders(document, { region: 'eu-west-1', account: '000000000000' });

test.each([
  ['plain', 'plain'],
  ['${aws_sqs_queue.inbox.name}', 'shop-inbox'],
  ['a ${aws_s3_bucket.uploads.bucket} b', 'a x-shop-inbox b'],
  ['${aws_sqs_queue.inbox.arn}', '<aws_sqs_queue.inbox.arn>'],
  ['${aws_s3_bucket.uploads.tags}', '<aws_s3_bucket.uploads.tags>'],
  ['${aws_sqs_queue.other.name}', '<aws_sqs_queue.other.name>'],
  ['${element(split(":", "${x}"), 5)}', '<element(split(":", "${x}"), 5)>'],
  [
    'arn:${data.aws_partition.p.partition}:s:${data.aws_region.r.id}:${data.aws_caller_identity.c.account_id}',
    'arn:aws:s:eu-west-1:000000000000',
  ],
  ['$${not} %%{this} $%{if true}%{endif}{nor this}', '${not} %{this} ${nor this}'],
])('%s', (text, expected) => expect(placeholders.text(text)).toBe(expected));

test('what refers to itself ends', () =>
  expect(placeholders.text('${aws_sqs_queue.inbox.url}')).toBe('<aws_sqs_queue.inbox.url>'));

test('every text of a value, and nothing else', () => {
  expect(placeholders.fill({ a: ['${aws_sqs_queue.inbox.name}', 1, null, true], b: undefined })).toEqual({
    a: ['shop-inbox', 1, null, true],
    b: undefined,
  });
});

test('what became a placeholder is known', () => {
  const fresh = new Placeholders(document, { region: 'eu-west-1', account: '000000000000' });
  fresh.fill(['${aws_sqs_queue.inbox.name}', '${aws_sqs_queue.inbox.arn} ${aws_db_instance.db.secret[0].arn}']);
  expect([...fresh.unknown]).toEqual(['aws_sqs_queue.inbox.arn', 'aws_db_instance.db.secret[0].arn']);
});

describe('of a stack that is deployed', () => {
  const deployed = DeployedStack.of({
    resources: [
      {
        mode: 'managed',
        type: 'aws_sqs_queue',
        name: 'inbox',
        instances: [{ attributes: { name: 'other', arn: 'arn:1', delay: 0, tags: { a: 'b' } } }],
      },
      {
        mode: 'managed',
        type: 'aws_db_instance',
        name: 'db',
        instances: [{ attributes: { secret: [{ arn: 'arn:2' }] } }],
      },
      { mode: 'data', type: 'aws_caller_identity', name: 'c', instances: [{ attributes: { account_id: '1234' } }] },
      { mode: 'managed', type: 'aws_s3_bucket', name: 'gone', instances: [] },
    ],
  });
  const own = new Placeholders(document, { region: 'eu-west-1', account: '000000000000' }, deployed);

  test.each([
    ['${aws_sqs_queue.inbox.name}', 'other'],
    ['${aws_sqs_queue.inbox.delay}', '0'],
    ['${aws_sqs_queue.inbox.tags.a}', 'b'],
    ['${aws_db_instance.db.secret[0].arn}', 'arn:2'],
    ['${aws_db_instance.db.secret.0.arn}', 'arn:2'],
    ['${data.aws_caller_identity.c.account_id}', '1234'],
    ['${data.aws_caller_identity.d.account_id}', '000000000000'],
    ['${aws_db_instance.db.secret[1].arn}', '<aws_db_instance.db.secret[1].arn>'],
    ['${aws_sqs_queue.inbox.tags}', '<aws_sqs_queue.inbox.tags>'],
    ['${aws_s3_bucket.gone.arn}', '<aws_s3_bucket.gone.arn>'],
    ['${aws_s3_bucket.uploads.bucket}', 'x-other'],
  ])('%s', (text, expected) => expect(own.text(text)).toBe(expected));
});
