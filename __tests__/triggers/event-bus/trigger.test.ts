// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { CloudwatchEventBus } from '@cdktf/provider-aws/lib/cloudwatch-event-bus';
import { BatchPlatform } from '../../../modules/batch-platform';
import { EventBus } from '../../../modules/resources/event-bus/construct';
import { Queue } from '../../../modules/resources/sqs-queue/construct';
import { EventBusTrigger, type EventBusTriggerProps } from '../../../triggers/event-bus/trigger';
import { document, foreignStack, Synthesis } from '../../synthesis';
import { beside, functionTarget } from '../function-target';

const PATTERN = { source: ['shop'] };
const BUS = 'arn:aws:events:eu-west-1:123456789012:event-bus/orders';

function synthesize(props: Partial<EventBusTriggerProps> = {}): Synthesis {
  const stack = foreignStack();
  new EventBusTrigger(stack, 'orders', { target: functionTarget(stack), eventPattern: PATTERN, ...props });
  return new Synthesis(stack);
}

describe('EventBusTrigger', () => {
  it('creates, in addition to what was given', () => {
    expect(synthesize().types).toEqual([
      'aws_cloudwatch_event_rule',
      'aws_cloudwatch_event_target',
      'aws_iam_role', // given, and nothing is added to it
      'aws_lambda_function', // given
      'aws_lambda_permission', // for all rules of the function
      'aws_sqs_queue', // given
    ]);
  });

  it('listens on the default bus', () => {
    const synthesis = synthesize();
    const { event_pattern: pattern, ...rule } = synthesis.one('aws_cloudwatch_event_rule');
    expect(rule).toEqual({ name: 'reports-nightly-orders', state: 'ENABLED' });
    expect(document(pattern)).toEqual(PATTERN);
    expect(synthesis.one('aws_cloudwatch_event_target')).toEqual({
      rule: '${aws_cloudwatch_event_rule.orders_Rule.name}',
      arn: '${aws_lambda_function.function.arn}',
      retry_policy: { maximum_event_age_in_seconds: 86_400, maximum_retry_attempts: 185 },
      dead_letter_config: { arn: '${aws_sqs_queue.undelivered.arn}' },
      depends_on: ['aws_lambda_permission.function_Permission-rules'],
    });
  });

  it('lets the rules of its name alone invoke the function', () => {
    expect(synthesize().one('aws_lambda_permission')).toEqual({
      action: 'lambda:InvokeFunction',
      function_name: '${aws_lambda_function.function.function_name}',
      principal: 'events.amazonaws.com',
      source_arn: beside('events', 'rule/reports-nightly-*'),
    });
  });

  it.each([
    ['an ARN', () => ({ arn: BUS }), BUS],
    [
      'a bus of this project',
      (stack: ReturnType<typeof foreignStack>) => new EventBus(stack, 'bus', { stackName: 'reports' }),
      '${aws_cloudwatch_event_bus.bus.name}',
    ],
    [
      'a bus of this project that was there',
      (stack: ReturnType<typeof foreignStack>) =>
        new EventBus(stack, 'bus', { stackName: 'reports', existing: { arn: BUS } }),
      'orders',
    ],
    [
      'a bus of the provider',
      (stack: ReturnType<typeof foreignStack>) => new CloudwatchEventBus(stack, 'bus', { name: 'x' }),
      '${aws_cloudwatch_event_bus.bus.name}',
    ],
  ])('listens on %s', (_, bus, expected) => {
    const stack = foreignStack();
    new EventBusTrigger(stack, 'orders', { bus: bus(stack), target: functionTarget(stack), eventPattern: PATTERN });
    const synthesis = new Synthesis(stack);
    expect(synthesis.one('aws_cloudwatch_event_rule').event_bus_name).toBe(expected);
    expect(synthesis.one('aws_cloudwatch_event_target').event_bus_name).toBe(expected);
  });

  it('writes a pattern as it is, even with characters that mean something to Terraform', () => {
    const eventPattern = { detail: { path: [{ prefix: '${HOME}' }] } };
    expect(synthesize({ eventPattern }).one('aws_cloudwatch_event_rule').event_pattern).toBe(
      '{"detail":{"path":[{"prefix":"$${HOME}"}]}}',
    );
  });

  it.each<[string, Partial<EventBusTriggerProps>, { [key: string]: unknown }]>([
    ['a fixed input', { input: { full: false } }, { input: '{"full":false}' }],
    ['a part of the event', { inputPath: '$.detail' }, { input_path: '$.detail' }],
    [
      'a template',
      { inputTransformer: { inputPathsMap: { at: '$.time' }, inputTemplate: { at: '<at>' } } },
      { input_transformer: { input_paths: { at: '$.time' }, input_template: '{"at":"<at>"}' } },
    ],
  ])('sends %s', (_, props, expected) => {
    expect(synthesize(props).one('aws_cloudwatch_event_target')).toMatchObject(expected);
  });

  it('sends undelivered events to the given queue, which accepts only the rules of the function', () => {
    const stack = foreignStack();
    const { stackName, aws, network, undeliveredEvents } = new BatchPlatform(stack, 'platform');
    const context = { stackName, aws, network, undeliveredEvents, baseDir: '.' };
    const onDeliveryFailure = new Queue(stack, 'failed', context);
    new EventBusTrigger(stack, 'orders', { onDeliveryFailure, target: functionTarget(stack), eventPattern: PATTERN });
    const synthesis = new Synthesis(stack);
    expect(synthesis.one('aws_cloudwatch_event_target').dead_letter_config).toEqual({
      arn: '${aws_sqs_queue.failed.arn}',
    });
    const [statement] = document(synthesis.one('aws_sqs_queue_policy', 'failed_Policy').policy).Statement;
    expect(statement).toEqual({
      Sid: expect.stringMatching(/^[A-Za-z0-9]+$/),
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: '${aws_sqs_queue.failed.arn}',
      Condition: {
        ArnLike: {
          'aws:SourceArn': ['rule/reports-nightly-*', 'rule/*/reports-nightly-*'].map((rules) =>
            expect.stringMatching(new RegExp(`^arn:[^*]+:events:[^*]+:${rules.replaceAll('*', '[*]')}$`)),
          ),
        },
      },
    });
  });

  it("leaves a foreign queue's policy to its owner", () => {
    const synthesis = synthesize({ onDeliveryFailure: { arn: 'arn:queue' } });
    expect(synthesis.types).not.toContain('aws_sqs_queue_policy');
  });

  it('bears the tags of its target', () => {
    const stack = foreignStack();
    const target = functionTarget(stack, { tags: { team: 'x' } });
    new EventBusTrigger(stack, 'orders', { target, eventPattern: PATTERN });
    expect(new Synthesis(stack).one('aws_cloudwatch_event_rule').tags).toEqual({ team: 'x' });
  });

  it('refuses, used by itself, what EventBridge would refuse', () => {
    expect(() => synthesize({ eventPattern: {} })).toThrow(/stack\/orders[\s\S]*at least one property/);
    expect(() => synthesize({ eventPattern: { source: 'shop' } })).toThrow(/Write \["shop"\]/);
    expect(() => synthesize({ input: 1, inputPath: '$.detail' })).toThrow(/stack\/orders/);
  });
});
