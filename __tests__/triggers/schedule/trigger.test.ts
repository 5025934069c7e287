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

describe('by EventBridge Scheduler', () => {
  const role: EventTarget['schedulerRole'] = () => ({
    arn: 'arn:aws:iam::123456789012:role/scheduler',
    dependencies: [],
  });
  const schedule = (props: Partial<ScheduleProps> = {}, target: Partial<EventTarget> = {}) =>
    synthesize({ scheduleRate: 'cron(0 9 * * ? *)', ...props }, { schedulerRole: role, ...target });
  // Terraform reads what is in its quotes before it is JSON.
  const field = (index: number) => `\${element(split(':', aws_lambda_function.function.arn), ${index})}`;
  const asTerraform = (text: string) => text.replaceAll("split(':'", 'split(":"');
  const asJson = (text: string) => text.replaceAll('split(":"', "split(':'");
  const EVENT = {
    version: '0',
    id: '<aws.scheduler.schedule-arn>/<aws.scheduler.scheduled-time>',
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: field(4),
    time: '<aws.scheduler.scheduled-time>',
    region: field(3),
    resources: ['<aws.scheduler.schedule-arn>'],
    detail: {},
  };
  const sent = (synthesis: Synthesis) =>
    JSON.parse(asJson((synthesis.one('aws_scheduler_schedule').target as { input: string }).input)) as unknown;

  it('creates, in addition to the given function, queue and role', () => {
    expect(schedule({ timezone: 'Europe/Berlin' }).types).toEqual([
      'aws_lambda_function', // given
      'aws_scheduler_schedule',
      'aws_sqs_queue', // given
    ]);
  });

  it('fires at the times of the zone, for a day if need be, and then keeps the event', () => {
    expect(schedule({ timezone: 'Europe/Berlin' }).one('aws_scheduler_schedule')).toEqual({
      name: 'reports-nightly-daily',
      schedule_expression: 'cron(0 9 * * ? *)',
      schedule_expression_timezone: 'Europe/Berlin',
      flexible_time_window: { mode: 'OFF' },
      target: {
        arn: '${aws_lambda_function.function.arn}',
        role_arn: 'arn:aws:iam::123456789012:role/scheduler',
        input: asTerraform(JSON.stringify(EVENT)),
        retry_policy: { maximum_event_age_in_seconds: 86_400, maximum_retry_attempts: 185 },
        dead_letter_config: { arn: '${aws_sqs_queue.queue.arn}' },
      },
    });
  });

  it.each<[string, Partial<ScheduleProps>, { [key: string]: unknown }]>([
    ['a single time', { scheduleRate: 'at(2027-03-01T09:30:00)' }, { schedule_expression: 'at(2027-03-01T09:30:00)' }],
    ['a start', { startDate: '2027-01-01T00:00:00Z' }, { start_date: '2027-01-01T00:00:00Z' }],
    ['an end', { endDate: '2027-01-01T00:00:00Z' }, { end_date: '2027-01-01T00:00:00Z' }],
    [
      'a window',
      { scheduleRate: 'rate(1 hour)', flexibleMinutes: 15 },
      { flexible_time_window: { mode: 'FLEXIBLE', maximum_window_in_minutes: 15 } },
    ],
  ])('because of %s', (_, props, expected) => {
    const synthesis = schedule(props);
    expect(synthesis.types).not.toContain('aws_cloudwatch_event_rule');
    expect(synthesis.one('aws_scheduler_schedule')).toMatchObject(expected);
  });

  const zone = { timezone: 'Europe/Berlin' };

  it.each<[string, Partial<ScheduleProps>, unknown]>([
    ['a fixed input', { input: { text: '"quoted"\n${x} %{y}' } }, { text: '"quoted"\n$${x} %%{y}' }],
    ['nothing', { input: null }, null],
    ['a part of the event', { inputPath: '$.resources[0]' }, '<aws.scheduler.schedule-arn>'],
    ['the whole event', { inputPath: '$' }, EVENT],
    [
      'a template',
      {
        inputTransformer: {
          inputPathsMap: { at: '$.time' },
          inputTemplate:
            '{"at": <at>, "text": "at <at>", "rule": <aws.events.rule-name>, "all": <aws.events.event.json>}',
        },
      },
      {
        at: '<aws.scheduler.scheduled-time>',
        text: 'at <aws.scheduler.scheduled-time>',
        rule: 'reports-nightly-daily',
        all: EVENT,
      },
    ],
  ])('sends %s beside the id of the firing to a function that takes it out', (_, props, input) => {
    let taken = 0;
    const takeScheduledInputs = () => {
      taken += 1;
    };
    expect(sent(schedule({ ...zone, ...props }, { takeScheduledInputs }))).toEqual({ ...EVENT, input });
    expect(taken).toBe(1);
    // Another function gets what the job would get.
    expect(sent(schedule({ ...zone, ...props }))).toEqual(input);
  });

  it('asks nothing of the function without an input', () => {
    const takeScheduledInputs = () => {
      throw new Error('there is no input');
    };
    expect(sent(schedule(zone, { takeScheduledInputs }))).toEqual(EVENT);
  });

  it('waits for the permissions of the role', () => {
    const stack = foreignStack();
    const target = functionTarget(stack);
    const schedulerRole = () => ({ arn: 'arn:role', dependencies: [target.undeliveredEvents] });
    const scheduleRate = 'at(2027-03-01T09:30:00)';
    new ScheduleTrigger(stack, 'daily', { target: { ...target, schedulerRole }, scheduleRate });
    const { depends_on } = new Synthesis(stack).one('aws_scheduler_schedule');
    expect(depends_on).toEqual(['aws_sqs_queue.undelivered']);
  });

  it('cuts a long name', () => {
    expect(schedule(zone, { name: 'a'.repeat(80) }).one('aws_scheduler_schedule').name).toHaveLength(64);
  });

  it('is refused for a function without a role for it', () => {
    expect(() => synthesize({ scheduleRate: 'cron(0 9 * * ? *)', ...zone })).toThrow(
      /stack\/daily: 1 problem[\s\S]*a function without a role for EventBridge/,
    );
  });

  it('has no rule, and says so', () => {
    const stack = foreignStack();
    const target = { ...functionTarget(stack), schedulerRole: role };
    const trigger = new ScheduleTrigger(stack, 'daily', { target, scheduleRate: 'rate(1 hour)', flexibleMinutes: 5 });
    for (const property of ['rule', 'ruleTarget', 'permission'] as const) {
      expect(() => trigger[property]).toThrow('stack/daily has no rule: EventBridge Scheduler fires it.');
    }
  });
});
