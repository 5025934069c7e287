import { fixesFor, jobOf } from '../../stack-config/with-resources';

const ARN = 'arn:aws:sns:eu-west-1:123456789012:theirs.fifo';
const made = { type: 'sns-topic', properties: { fifoEnabled: true } };
const there = { type: 'sns-topic', existing: { arn: ARN } };
const standard = { type: 'sns-topic' };
const directive = "$ResourceParam('topic', 'arn')";

describe.each([
  ['that the stack makes', made],
  ['that is there', there],
])('a FIFO topic %s', (_, topic) => {
  it.each([
    ['snsTopicName', 'topic'],
    ['snsTopicArn', directive],
  ])('starts no job, by %s', (property, value) => {
    expect(fixesFor({ topic, job: jobOf('sns', { [property]: value }) })).toEqual([
      `job.properties.events[0].properties.${property}: subscribe an sqs-queue to the topic, and start the job with an sqs event: a FIFO topic cannot invoke functions`,
    ]);
  });

  it('takes no notices of a stream', () => {
    const job = jobOf('kinesis-stream', { kinesisStreamName: 'clicks', onFailure: { arn: directive, type: 'sns' } });
    expect(fixesFor({ topic, clicks: { type: 'kinesis-stream' }, job })).toEqual([
      'job.properties.events[0].properties.onFailure.arn: use a topic without fifoEnabled: Lambda cannot send to a FIFO topic',
    ]);
  });
});

it('a standard topic may be both', () => {
  const clicks = { type: 'kinesis-stream' };
  const reader = jobOf('kinesis-stream', { kinesisStreamName: 'clicks', onFailure: { arn: directive, type: 'sns' } });
  expect(fixesFor({ topic: standard, clicks, reader, job: jobOf('sns', { snsTopicName: 'topic' }) })).toEqual([]);
});
