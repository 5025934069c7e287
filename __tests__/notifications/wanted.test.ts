import { NOTIFICATIONS, targetFinding } from '../../modules/notifications/wanted';

const TOPIC_ARN = 'arn:aws:sns:eu-west-1:111111111111:failures';
const topic = { topic: { arn: TOPIC_ARN } };

/** Where each problem is, and its fix. */
const told = (notifications: object) =>
  (NOTIFICATIONS.check?.(notifications as never) ?? []).map(({ path, finding }) => [
    path.join('.'),
    String(finding.fix),
  ]);

describe('a target', () => {
  it.each<[string, object]>([
    ['a topic', topic],
    ['a bus', { bus: { arn: 'arn:aws:events:eu-west-1:111111111111:event-bus/own' } }],
    ['an ARN', { snsTopicArn: TOPIC_ARN }],
  ])('can be %s', (_, target) => {
    expect(targetFinding(target)).toBeUndefined();
  });

  it.each<[string, unknown, object]>([
    ['a text', TOPIC_ARN, { fix: 'give one of these' }],
    ['null', null, { found: 'null', fix: 'give one of these' }],
    ['nothing', undefined, { fix: 'give one of these' }],
    ['an empty object', {}, { found: 'an empty object', fix: 'give one of these' }],
    ['another key', { queue: {} }, { found: 'queue', fix: 'give one of these' }],
    [
      'two places',
      { ...topic, bus: { arn: 'a' } },
      { found: 'topic and bus', fix: 'keep topic, and give others as further targets' },
    ],
    ['the name of a topic', { snsTopicName: 'a' }, { fix: 'give topic: names are resolved only in a config file' }],
    ['the name of a bus', { eventBusName: 'a' }, { fix: 'give bus: names are resolved only in a config file' }],
    ['a topic without ARN', { topic: {} }, { fix: 'give topic an object with an arn' }],
    ['a topic with an empty ARN', { topic: { arn: '' } }, { fix: 'give topic an object with an arn' }],
    ['a topic that is a text', { topic: TOPIC_ARN }, { fix: 'give topic an object with an arn' }],
    ['a topic that is null', { topic: null }, { fix: 'give topic an object with an arn' }],
    ['a bus without ARN', { bus: { arn: 1 } }, { fix: 'give bus an object with an arn' }],
  ])('cannot be %s', (_, target, finding) => {
    expect(targetFinding(target)).toMatchObject(finding);
  });

  it.each<[string, object]>([
    ['of a bucket', { snsTopicArn: 'arn:aws:s3:::bucket' }],
    ['of a queue as a topic', { topic: { arn: 'arn:aws:sqs:eu-west-1:111111111111:queue' } }],
    ['of a FIFO topic', { snsTopicArn: `${TOPIC_ARN}.fifo` }],
  ])('cannot have the ARN %s', (_, target) => {
    expect(targetFinding(target)).toBeDefined();
  });

  it('cannot be a FIFO topic, even if its ARN is known only at deployment', () => {
    expect(targetFinding({ topic: { ...topic.topic, fifo: true } })).toEqual(targetFinding({ snsTopicArn: '.fifo' }));
    expect(targetFinding({ topic: { ...topic.topic, fifo: true } })).toBeDefined();
    expect(targetFinding({ topic: { ...topic.topic, fifo: false } })).toBeUndefined();
  });
});

describe('the notifications of a job', () => {
  it('have none, one or several targets of a kind', () => {
    expect(
      told({ onFailure: undefined, onSuccess: topic, onStuck: [topic, { ...topic, afterSeconds: 3600 }] }),
    ).toEqual([]);
  });

  it('tell where each problem is', () => {
    expect(told({ onFailure: {}, onStuck: [topic, {}, { afterSeconds: -1 }] })).toEqual([
      ['onFailure', 'give one of these'],
      ['onStuck.1', 'give one of these'],
      ['onStuck.2', 'give one of these'],
      ['onStuck.2.afterSeconds', expect.stringMatching(/^use 60 to/)],
    ]);
  });

  it('have a time only for a stuck run', () => {
    expect(told({ onFailure: { ...topic, afterSeconds: 3600 } })).toEqual([
      ['onFailure', 'keep topic, and give others as further targets'],
    ]);
  });

  it('refuse a target of a stuck run that is no object', () => {
    expect(told({ onStuck: 'topic' })).toEqual([['onStuck', 'give one of these']]);
  });

  it('name the kind that somebody meant', () => {
    expect(told({ onFailed: topic })).toEqual([['onFailed', 'did you mean "onFailure"?']]);
    expect(told({ zzz: topic })).toEqual([['zzz', 'remove it']]);
  });
});
