import {
  ANY_NAME,
  arnFix,
  BUCKET_NAMES,
  BUS_NAME,
  IAM_NAME,
  LOG_GROUP_NAME,
  QUEUE_NAME,
  STATE_MACHINE_NAME,
  STREAM_NAME,
  TABLE_NAME,
  TOPIC_NAME,
} from '../../modules/rules/arn-fix';

const QUEUE = 'arn:aws:sqs:eu-west-1:123456789012:inbox';
const BUCKET = 'arn:aws:s3:::reports';
const queueFix = (found: string) => arnFix({ example: QUEUE, name: QUEUE_NAME }, found);
const bucketFix = (found: string) => arnFix({ example: BUCKET, name: BUCKET_NAMES }, found);

it.each([
  ['inbox', `write an ARN such as ${QUEUE}`],
  ['arn:', `write an ARN of sqs, as in ${QUEUE}`],
  ['arn:aws:sns:eu-west-1:123456789012:inbox', `write an ARN of sqs, and not of sns, as in ${QUEUE}`],
  ['arn:aws:sqs::123456789012:inbox', `write the code of a region after sqs:, as in ${QUEUE}`],
  ['arn:aws:sqs:eu-west-1:1234:inbox', `write the 12 digits of the account, as in ${QUEUE}`],
  ['arn:aws:sqs:eu-west-1:123456789012', `add the name, as in ${QUEUE}`],
  ['arn:aws:sqs:eu-west-1:123456789012:', `add the name, as in ${QUEUE}`],
  ['arn:aws:sqs:eu-west-1:123456789012:inbox/x', `write nothing after the name, as in ${QUEUE}`],
  ['arn:aws:sqs:eu-west-1:123456789012:inbox:x', `write nothing after the name, as in ${QUEUE}`],
  [
    'arn:aws:sqs:eu-west-1:123456789012:in box',
    `write the name without " ": it has letters, digits, - and _, as in ${QUEUE}`,
  ],
  [
    `arn:aws:sqs:eu-west-1:123456789012:${'x'.repeat(81)}`,
    `use a name of 1 to 80 characters: this one is too long, with 81, as in ${QUEUE}`,
  ],
  ['arn:a b:sqs:eu-west-1:123456789012:inbox', `write an ARN such as ${QUEUE}`],
])('of a queue, not %s', (found, fix) => {
  expect(queueFix(found)).toBe(fix);
});

it.each([
  ['arn:aws:s3:::x', `use a name of 3 to 63 characters: this one is too short, as in ${BUCKET}`],
  [
    `arn:aws:s3:::${'x'.repeat(64)}`,
    `use a name of 3 to 63 characters: this one is too long, with 64, as in ${BUCKET}`,
  ],
  ['arn:aws:s3:::Reports', `write the name in lower case, as in ${BUCKET}`],
  [
    'arn:aws:s3:::my_reports',
    `write the name without "_": it has lower-case letters, digits, . and -, as in ${BUCKET}`,
  ],
  ['arn:aws:s3:::reports/*', `write nothing after the name, as in ${BUCKET}`],
  ['arn:aws:s3:eu-west-1::reports', `leave the region empty, as in ${BUCKET}`],
  ['arn:aws:s3::123456789012:reports', `leave the account empty, as in ${BUCKET}`],
])('of a bucket, not %s', (found, fix) => {
  expect(bucketFix(found)).toBe(fix);
});

it.each([
  ['arn:aws:kinesis:eu-west-1:123456789012:clicks', 'write an ARN with stream/ before the name'],
  ['arn:aws:kinesis:eu-west-1:123456789012:table/clicks', 'write an ARN with stream/ before the name, and not table/'],
  ['arn:aws:kinesis:eu-west-1:123456789012:stream/clicks/consumer/a:1', 'write nothing after the name'],
])('of a stream, not %s', (found, fix) => {
  const example = 'arn:aws:kinesis:eu-west-1:123456789012:stream/clicks';
  expect(arnFix({ example, name: STREAM_NAME }, found)).toBe(`${fix}, as in ${example}`);
});

it('a policy can be one of AWS', () => {
  const example = 'arn:aws:iam::123456789012:policy/boundary';
  expect(arnFix({ example, name: IAM_NAME }, 'arn:aws:iam::aws:policy/a b')).toMatch(/^write the name without " ": /);
});

it.each([
  ['arn:aws:sns:eu-west-1:123456789012:orders', TOPIC_NAME],
  ['arn:aws:dynamodb:eu-west-1:123456789012:table/orders', TABLE_NAME],
  ['arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/orders', LOG_GROUP_NAME],
  ['arn:aws:events:eu-west-1:123456789012:event-bus/partner/orders', BUS_NAME],
  ['arn:aws:states:eu-west-1:123456789012:stateMachine:orders', STATE_MACHINE_NAME],
  ['arn:aws:lambda:eu-west-1:123456789012:function:orders:live', ANY_NAME],
])('finds nothing in %s', (example, name) => {
  expect(arnFix({ example, name }, example)).toBe(`write an ARN such as ${example}`);
});
