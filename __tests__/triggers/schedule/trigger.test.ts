// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import type { EventTarget } from '../../../modules/invocation/event-target';
import { type ScheduleProps, ScheduleTrigger } from '../../../triggers/schedule/trigger';
import { foreignStack, Synthesis } from '../../synthesis';
import { beside, functionTarget } from '../function-target';

function synthesize(props: Partial<ScheduleProps> = {}, target: Partial<EventTarget> = {}): Synthesis {
  const stack = foreignStack();
  new ScheduleTrigger(stack, 'daily', {
    target: {
      name: 'reports-nightly',
      function: new LambdaFunction(stack, 'function', { functionName: 'mine', role: 'arn:role' }),
      undeliveredEvents: new SqsQueue(stack, 'queue', {}),
      grant: () => {
        throw new Error('a schedule needs nothing from the function that it invokes');
      },
      ...target,
    },
    scheduleRate: 'rate(1 day)',
    ...props,
  });
  return new Synthesis(stack);
}

describe('ScheduleTrigger', () => {
  it('creates, in addition to the given function and queue', () => {
    expect(synthesize().types).toEqual([
      'aws_cloudwatch_event_rule',
      'aws_cloudwatch_event_target',
      'aws_lambda_function', // given
      'aws_lambda_permission', // for all rules of the function
      'aws_sqs_queue', // given
    ]);
  });

  it('fires an enabled rule at the times given', () => {
    expect(synthesize({ scheduleRate: 'cron(0 14 * * ? *)' }).one('aws_cloudwatch_event_rule')).toEqual({
      name: 'reports-nightly-daily',
      schedule_expression: 'cron(0 14 * * ? *)',
      state: 'ENABLED',
    });
  });

  it('invokes the function, for a day if need be, and then keeps the event', () => {
    expect(synthesize().one('aws_cloudwatch_event_target')).toEqual({
      rule: '${aws_cloudwatch_event_rule.daily_Rule.name}',
      arn: '${aws_lambda_function.function.arn}',
      retry_policy: { maximum_event_age_in_seconds: 86_400, maximum_retry_attempts: 185 },
      dead_letter_config: { arn: '${aws_sqs_queue.queue.arn}' },
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

  it.each<[string, Partial<ScheduleProps>, { [key: string]: unknown }]>([
    ['a fixed input', { input: { full: false } }, { input: '{"full":false}' }],
    ['a part of the event', { inputPath: '$.time' }, { input_path: '$.time' }],
    [
      'a template',
      { inputTransformer: { inputPathsMap: { at: '$.time' }, inputTemplate: { at: '<at>' } } },
      { input_transformer: { input_paths: { at: '$.time' }, input_template: '{"at":"<at>"}' } },
    ],
  ])('sends %s', (_, props, expected) => {
    expect(synthesize(props).one('aws_cloudwatch_event_target')).toMatchObject(expected);
  });

  it('bears the tags of its target', () => {
    expect(synthesize({}, { tags: { team: 'x' } }).one('aws_cloudwatch_event_rule').tags).toEqual({ team: 'x' });
  });

  it('cuts a long name', () => {
    expect(synthesize({}, { name: 'a'.repeat(80) }).one('aws_cloudwatch_event_rule').name).toHaveLength(64);
  });

  it('refuses, used by itself, what EventBridge would refuse', () => {
    expect(() => synthesize({ scheduleRate: 'rate(1 days)' })).toThrow(/stack\/daily[\s\S]*Write rate\(1 day\)/);
    expect(() => synthesize({ input: 1, inputPath: '$.detail' })).toThrow(/stack\/daily/);
  });
});

it.each([
  ['reports-nightly-mine', undefined],
  ['mine', /stack\/daily\/Rule: 1 problem[\s\S]*name is "mine"\. It must be a name that begins with reports-nightly-/],
])('a rule that is called %s later must still be one that the permission is for', (name, problem) => {
  const stack = foreignStack();
  const { rule } = new ScheduleTrigger(stack, 'daily', { target: functionTarget(stack), scheduleRate: 'rate(1 day)' });
  rule.addOverride('name', name);
  const synth = () => new Synthesis(stack);
  if (problem === undefined) expect(synth().one('aws_cloudwatch_event_rule').name).toBe(name);
  else expect(synth).toThrow(problem);
});
