// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { join } from 'node:path';
import { Construct } from 'constructs';
import { BundledFunction } from '../modules/bundled-function';
import { createFunctionAlarms, type FunctionAlarmProps } from '../modules/function-alarms';
import { UndeliveredEvents } from '../modules/orchestration/undelivered-events';
import { BatchJobsStack } from '../modules/stack';
import { AwsContext } from '../modules/terraform/aws-context';
import { document, foreignStack, Synthesis } from './synthesis';

const ARN = 'arn:aws:sns:eu-west-1:123456789012:alerts';
const RATE = { type: 'lambda-error-rate', properties: { thresholdPercent: 5 } } as const;
const DURATION = { type: 'lambda-duration', properties: { thresholdMilliseconds: 5000 } } as const;

function make(...alarms: FunctionAlarmProps[]) {
  const stack = foreignStack();
  const owner = {
    stackName: 'reports',
    aws: new AwsContext(stack, 'aws'),
    name: 'sorter',
    functionName: 'reports-sorter',
  };
  const made = createFunctionAlarms(new Construct(stack, 'sorter'), alarms, owner);
  return { made, all: new Synthesis(stack).all('aws_cloudwatch_metric_alarm') };
}

function duration(properties: object, more: object = {}) {
  return make({ trigger: { ...DURATION, properties: { ...DURATION.properties, ...properties } }, ...more }).all[0];
}

it('an error rate is the share of the invocations, which is no data without any', () => {
  const metric = (metric_name: string) => ({
    id: metric_name.toLowerCase(),
    metric: {
      namespace: 'AWS/Lambda',
      metric_name,
      dimensions: { FunctionName: 'reports-sorter' },
      stat: 'Sum',
      period: 60,
    },
  });
  expect(make({ trigger: RATE, notificationTargets: { snsTopicArn: ARN } }).all).toEqual([
    {
      alarm_name: 'reports-sorter-error-rate',
      alarm_description: 'More than 5% of the invocations of sorter (reports) failed in 60 seconds',
      metric_query: [
        { id: 'rate', expression: '100 * errors / invocations', label: 'Failed invocations (%)', return_data: true },
        metric('Errors'),
        metric('Invocations'),
      ],
      threshold: 5,
      comparison_operator: 'GreaterThanThreshold',
      evaluation_periods: 1,
      treat_missing_data: 'notBreaching',
      alarm_actions: [ARN],
      ok_actions: [ARN],
    },
  ]);
});

it('a duration is an average unless it says otherwise, and an alarm without topics notifies nobody', () => {
  expect(make({ trigger: DURATION }).all).toEqual([
    {
      alarm_name: 'reports-sorter-duration',
      alarm_description: 'The duration (avg) of sorter (reports) was more than 5000 milliseconds in 60 seconds',
      namespace: 'AWS/Lambda',
      metric_name: 'Duration',
      dimensions: { FunctionName: 'reports-sorter' },
      period: 60,
      statistic: 'Average',
      threshold: 5000,
      comparison_operator: 'GreaterThanThreshold',
      evaluation_periods: 1,
      treat_missing_data: 'notBreaching',
    },
  ]);
});

it.each([
  ['max', { statistic: 'Maximum' }],
  ['sum', { statistic: 'Sum' }],
  ['min', { statistic: 'Minimum' }],
  ['p95', { extended_statistic: 'p95' }],
])('the statistic %s', (statistic, expected) => {
  const alarm = duration({ statistic });
  expect(alarm).toMatchObject(expected);
  expect([alarm?.statistic, alarm?.extended_statistic].filter((one) => one !== undefined)).toHaveLength(1);
});

it.each([
  ['GreaterThanOrEqualToThreshold', 'at least 5000'],
  ['LessThanThreshold', 'less than 5000'],
  ['LessThanOrEqualToThreshold', 'at most 5000'],
])('compares by %s, and says so', (comparisonOperator, words) => {
  expect(duration({ comparisonOperator })).toMatchObject({
    comparison_operator: comparisonOperator,
    alarm_description: expect.stringContaining(words),
  });
});

it('looks at several periods', () => {
  const evaluation = { period: 300, evaluationPeriods: 5, breachedPeriods: 3 };
  expect(duration({}, { evaluation })).toMatchObject({
    period: 300,
    evaluation_periods: 5,
    datapoints_to_alarm: 3,
    alarm_description: expect.stringMatching(/ in 3 of 5 periods of 300 seconds$/),
  });
  const all = duration({}, { evaluation: { evaluationPeriods: 2 } });
  expect(all).not.toHaveProperty('datapoints_to_alarm');
  expect(all?.alarm_description).toMatch(/ in 2 of 2 periods of 60 seconds$/);
});

it('has its own description, as it is written', () => {
  expect(duration({}, { description: 'Slow: ${x}' })).toMatchObject({ alarm_description: 'Slow: $${x}' });
});

it('has a name and an ID of its own, which depend on its kind alone', () => {
  const { made, all } = make({ trigger: RATE }, { trigger: DURATION }, { trigger: RATE });
  expect(made.map(({ node }) => node.path)).toEqual(
    ['ErrorRate', 'Duration', 'ErrorRate2'].map((id) => `stack/sorter/Alarms/${id}`),
  );
  expect(all.map(({ alarm_name }) => alarm_name)).toEqual(
    ['duration', 'error-rate', 'error-rate-2'].map((name) => `reports-sorter-${name}`),
  );
});

it.each<[object, RegExp]>([
  [{ trigger: RATE, notificationTargets: { snsTopicName: 'alerts' } }, /names are resolved only in a config file/],
  [{ trigger: RATE, notificationTargets: [{ bus: { arn: 'arn:bus' } }] }, /alarms\[0\]\.notificationTargets\[0\]/],
  [{ trigger: { ...RATE, properties: {} } }, /alarms\[0\]\.trigger\.properties\.thresholdPercent/],
  ['loud' as unknown as object, /alarms\[0\]/],
])('refuses %j', (alarm, message) => {
  expect(() => make(alarm as FunctionAlarmProps)).toThrow(message);
});

describe('of a function', () => {
  const baseDir = join(__dirname, '../examples');
  const packaging = { type: 'js-bundle', properties: { entryfilePath: 'authorize.ts' } } as const;

  function construct(more: object, properties: object = {}) {
    const stack = foreignStack();
    const aws = new AwsContext(stack, 'aws');
    const undeliveredEvents = new UndeliveredEvents(stack, 'undelivered', { stackName: 'reports', aws });
    const all = {
      stackName: 'reports',
      aws,
      undeliveredEvents,
      baseDir,
      properties: { packaging, ...properties },
      ...more,
    };
    return new BundledFunction(stack, 'sorter', all);
  }

  it('they are of the function, with its tags', () => {
    const made = construct(
      { alarms: [{ trigger: RATE, notificationTargets: { topic: { arn: ARN } } }] },
      { tags: { team: 'a' } },
    );
    expect(made.alarms).toHaveLength(1);
    const [alarm] = new Synthesis(made.node.scope as never).all('aws_cloudwatch_metric_alarm');
    expect(alarm).toMatchObject({ alarm_actions: [ARN], tags: { team: 'a' } });
    expect(JSON.stringify(alarm)).toContain('"${aws_lambda_function.sorter_Function.function_name}"');
  });

  it('there are none by default', () => {
    expect(construct({}).alarms).toEqual([]);
    expect(construct({ alarms: [] }).alarms).toEqual([]);
  });

  it('they are not among the properties of a construct, which has no names', () => {
    const alarms = [{ trigger: RATE }];
    expect(() => construct({}, { alarms })).toThrow(/Move it out of properties/);
  });

  it('in a config, they may publish to its topics, by one statement for all of the stack', () => {
    const notificationTargets = { snsTopicName: 'alerts' };
    const alarms = [
      { trigger: RATE, notificationTargets },
      { trigger: DURATION, notificationTargets: [notificationTargets] },
    ];
    const config = {
      stackName: 'reports',
      region: 'eu-west-1',
      resources: { alerts: { type: 'sns-topic' }, sorter: { type: 'function', properties: { packaging, alarms } } },
    } as const;
    const synthesis = new Synthesis(new BatchJobsStack(foreignApp(), config as never, { baseDir }));
    const { Statement } = document(synthesis.one('aws_sns_topic_policy').policy);
    expect(Statement.map(({ Sid }) => Sid)).toEqual(['Owner', 'AlarmsOfJobs', 'TlsOnly']);
    expect(synthesis.all('aws_cloudwatch_metric_alarm')).toMatchObject(
      Array(2).fill({ alarm_actions: ['${aws_sns_topic.alerts.arn}'] }),
    );
  });
});

function foreignApp() {
  return foreignStack().node.root;
}
