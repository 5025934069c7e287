// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { type SqsProps, SqsTrigger } from '../../../triggers/sqs/trigger';
import { permissions } from '../../synthesis';
import { withFunction } from '../function-target';

const ARN = 'arn:aws:sqs:eu-west-1:123456789012:inbox';

function synthesize(props: Partial<SqsProps> = {}, tags?: { readonly [key: string]: string }) {
  return withFunction(
    (scope, target) => new SqsTrigger(scope, 'inbox', { queue: { arn: ARN }, ...props, target } as SqsProps),
    tags && { tags },
  );
}

describe('SqsTrigger', () => {
  it('makes a mapping and the role’s policy, and nothing else', () => {
    expect(synthesize().types).toEqual([
      'aws_iam_role',
      // Lets Lambda read this one queue in the function's name.
      'aws_iam_role_policy',
      // Lambda's reading of the queue.
      'aws_lambda_event_source_mapping',
      'aws_lambda_function',
      'aws_sqs_queue',
    ]);
  });

  it('reads batches of 10 once the role may', () => {
    expect(synthesize().one('aws_lambda_event_source_mapping')).toEqual({
      function_name: '${aws_lambda_function.function.arn}',
      event_source_arn: ARN,
      batch_size: 10,
      depends_on: ['aws_iam_role_policy.inbox_Access'],
    });
  });

  it('passes batch size, window and tags on', () => {
    const mapping = synthesize({ batchSize: 500, maxBatchWindowSeconds: 60 }, { team: 'data' });
    expect(mapping.one('aws_lambda_event_source_mapping')).toMatchObject({
      batch_size: 500,
      maximum_batching_window_in_seconds: 60,
      tags: { team: 'data' },
    });
  });

  it('reads only messages that match a filter, whose text stays as it is', () => {
    const filterCriteria = { filters: [{ pattern: { body: { kind: ['${order}'] } } }, { pattern: { body: ['go'] } }] };
    expect(synthesize({ filterCriteria }).one('aws_lambda_event_source_mapping').filter_criteria).toEqual({
      filter: [{ pattern: '{"body":{"kind":["$${order}"]}}' }, { pattern: '{"body":["go"]}' }],
    });
  });

  it('limits how many batches are read at once', () => {
    expect(synthesize({ maximumConcurrency: 5 }).one('aws_lambda_event_source_mapping').scaling_config).toEqual({
      maximum_concurrency: 5,
    });
  });

  it('may do with the one queue what Lambda asks for, and no more', () => {
    expect(permissions(synthesize(), 'inbox_Access')).toEqual([
      {
        Sid: 'ReceiveMessages',
        Effect: 'Allow',
        Action: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
        Resource: [ARN],
      },
    ]);
  });

  it("takes a provider's own queue", () => {
    const synthesis = withFunction((scope, target) => {
      new SqsTrigger(scope, 'inbox', { queue: new SqsQueue(scope, 'queue', {}), target });
    });
    expect(synthesis.one('aws_lambda_event_source_mapping').event_source_arn).toBe('${aws_sqs_queue.queue.arn}');
  });

  it('refuses a queue that hides messages for less than the function may take', () => {
    const queue = { arn: ARN, visibilityTimeoutSeconds: 24 };
    expect(() => synthesize({ queue })).toThrow(/ is 24\. It must be 25 or more seconds[\s\S]*Use 150/);
    expect(() => synthesize({ queue: { arn: ARN, visibilityTimeoutSeconds: 25 } })).not.toThrow();
  });

  it('counts Lambda’s own 3 seconds for a function without a timeout', () => {
    const build = (visibilityTimeoutSeconds: number) => () =>
      withFunction((scope, target) => {
        target.function.resetTimeout();
        new SqsTrigger(scope, 'inbox', { queue: { arn: ARN, visibilityTimeoutSeconds }, target });
      });
    expect(build(2)).toThrow('3 or more seconds');
    expect(build(3)).not.toThrow();
  });

  it.each([
    [{ batchSize: 11, maxBatchWindowSeconds: 1 }, 'batchSize'],
    [{ batchSize: 10, maxBatchWindowSeconds: 1 }, 'maxBatchWindowSeconds'],
  ])('refuses of a FIFO queue %j', (settings, path) => {
    const build = () => synthesize({ queue: { arn: `${ARN}.fifo` }, ...settings });
    expect(build).toThrow(new RegExp(`\\n {4}${path}$`));
    expect(build).toThrow('a batchSize of up to 10 and no maxBatchWindowSeconds for a FIFO queue');
  });

  it('takes a FIFO queue with what FIFO queues can', () => {
    const queue = { arn: `${ARN}.fifo` };
    expect(() => synthesize({ queue, batchSize: 10, maxBatchWindowSeconds: 0 })).not.toThrow();
  });

  it('refuses a batch over 10 without a window', () => {
    expect(() => synthesize({ batchSize: 11 })).toThrow('Add maxBatchWindowSeconds: 5');
  });
});

it('has a queue or its ARN, not both and not none', () => {
  const target = {} as SqsProps['target'];
  // @ts-expect-error both
  const both: SqsProps = { target, queue: { arn: ARN }, sqsQueueArn: ARN };
  // @ts-expect-error none
  const none: SqsProps = { target };
  expect([both, none]).toHaveLength(2);
});
