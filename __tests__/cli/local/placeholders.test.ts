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
