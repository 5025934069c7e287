// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { Queue, type QueueProps } from '../../../modules/resources/sqs-queue/construct';
import { document, foreignStack } from '../../synthesis';
import { context, resolved, withContext } from '../context';

const topic = (name: string) => `arn:aws:sns:eu-west-1:123456789012:${name}`;
const senders = (name: string) => ({ name, service: 'sns.amazonaws.com', arns: () => [topic(name)] });

function synthesize(props: Pick<QueueProps, 'properties' | 'existing'> = {}, use?: (queue: Queue) => void) {
  return withContext((stack, given) => {
    const queue = new Queue(stack, 'inbox', { ...given, ...props });
    use?.(queue);
  });
}

/** The queue, not that of undelivered events. */
const INBOX = 'inbox';
const queueOf = (props: Pick<QueueProps, 'properties'> = {}) => synthesize(props).byId('aws_sqs_queue')[INBOX];

describe('Queue', () => {
  it('is encrypted, keeps messages for 4 days, hides them for six times the function’s time-out', () => {
    expect(queueOf()).toEqual({
      name: 'reports-inbox',
      visibility_timeout_seconds: 150,
      message_retention_seconds: 345_600,
      sqs_managed_sse_enabled: true,
    });
  });

  it('is made as its properties say', () => {
    const redrivePolicy = { targetSqsQueueArn: 'arn:aws:sqs:eu-west-1:123456789012:dead', maxReceiveCount: 3 };
    const times = { visibilityTimeoutSeconds: 60, messageRetentionPeriodSeconds: 120, delayMessagesSecond: 5 };
    const properties = { ...times, maxMessageSizeBytes: 2048, longPollingSeconds: 10, redrivePolicy };
    expect(queueOf({ properties })).toMatchObject({
      visibility_timeout_seconds: 60,
      message_retention_seconds: 120,
      delay_seconds: 5,
      max_message_size: 2048,
      receive_wait_time_seconds: 10,
      redrive_policy: `{"deadLetterTargetArn":"${redrivePolicy.targetSqsQueueArn}","maxReceiveCount":3}`,
    });
  });

  it.each([
    [undefined, false],
    [false, false],
    [true, true],
  ])('is FIFO, with a name that says so; content-based deduplication %s', (contentBasedDeduplication, deduplicates) => {
    const properties = {
      fifoEnabled: true,
      ...(contentBasedDeduplication !== undefined && { contentBasedDeduplication }),
    };
    expect(queueOf({ properties })).toMatchObject({
      name: 'reports-inbox.fifo',
      fifo_queue: true,
      content_based_deduplication: deduplicates,
    });
  });

  it('keeps a FIFO queue’s name within SQS’s 80 characters', () => {
    const stack = foreignStack();
    const props = { ...context(stack), stackName: 'r'.repeat(100), properties: { fifoEnabled: true } };
    const { queue } = new Queue(stack, 'inbox', props);
    expect(queue?.nameInput).toHaveLength(80);
    expect(queue?.nameInput).toMatch(/-[0-9a-f]{8}\.fifo$/);
  });

  it('has one policy: TLS only', () => {
    expect(document(synthesize().one('aws_sqs_queue_policy', 'inbox_Policy').policy)).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'TlsOnly',
          Effect: 'Deny',
          Principal: '*',
          Action: 'sqs:*',
          Resource: '${aws_sqs_queue.inbox.arn}',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    });
  });

  it('lets whoever asks send, one statement for each service, in an order that does not depend on who came first', () => {
    const policy = (...names: string[]) =>
      synthesize({}, (queue) => {
        for (const name of names) queue.allowSend(senders(name));
        queue.allowSend({
          name: 'rules',
          service: 'events.amazonaws.com',
          arns: (aws) => [aws.arn('events', 'rule/a*')],
        });
      }).one('aws_sqs_queue_policy', 'inbox_Policy').policy;
    expect(policy('B', 'A', 'B')).toBe(policy('A', 'B'));
    const shared = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '${aws_sqs_queue.inbox.arn}' };
    expect(document(policy('B', 'A')).Statement).toEqual([
      {
        ...shared,
        Sid: 'UndeliveredOfEvents',
        Principal: { Service: 'events.amazonaws.com' },
        Condition: { ArnLike: { 'aws:SourceArn': [expect.stringMatching(/^arn:[^*]+:events:[^*]+:rule\/a\*$/)] } },
      },
      {
        ...shared,
        Sid: 'UndeliveredOfSns',
        Principal: { Service: 'sns.amazonaws.com' },
        Condition: { ArnLike: { 'aws:SourceArn': [topic('A'), topic('B')] } },
      },
      expect.objectContaining({ Sid: 'TlsOnly' }),
    ]);
  });

  it('tells others its ARN, name and address, and triggers how long it hides messages', () => {
    const stack = foreignStack();
    const queue = new Queue(stack, 'inbox', context(stack));
    expect(resolved(stack, queue.params)).toEqual({
      arn: '${aws_sqs_queue.inbox.arn}',
      name: '${aws_sqs_queue.inbox.name}',
      url: '${aws_sqs_queue.inbox.url}',
    });
    expect(queue).toMatchObject({ visibilityTimeoutSeconds: 150, fifo: false });
  });

  describe('that is there already', () => {
    const arn = 'arn:aws:sqs:eu-west-1:123456789012:theirs.fifo';

    it('is left as it is, its policy too', () => {
      const synthesis = synthesize({ existing: { arn } }, (queue) => queue.allowSend(senders('A')));
      expect(synthesis.types).toEqual([]);
    });

    it('is known by its ARN', () => {
      const stack = foreignStack();
      const queue = new Queue(stack, 'inbox', { ...context(stack), existing: { arn } });
      expect(queue.params).toEqual({ arn, name: 'theirs.fifo', url: undefined });
      expect(queue).toMatchObject({ arn, fifo: true, visibilityTimeoutSeconds: undefined, queue: undefined });
    });
  });

  it('names the construct and the property if its properties are wrong', () => {
    expect(() => synthesize({ properties: { messageRetentionPeriodSeconds: 1 } })).toThrow(
      /stack\/inbox: 1 problem[\s\S]*messageRetentionPeriodSeconds/,
    );
  });
});
