import { functionAlarms, STATISTICS } from '../../../modules/resources/function/alarms';
import { functionProperties } from '../../../modules/resources/function/schema';
import { configProblems, problemsWith, tokens } from '../../stack-config/samples';

const RATE = { type: 'lambda-error-rate', properties: { thresholdPercent: 5 } };
const DURATION = { type: 'lambda-duration', properties: { thresholdMilliseconds: 5000 } };

/** Problems of an alarm, with paths from it. */
function problems(alarm: object) {
  return problemsWith(functionAlarms, [alarm]).map(({ path, fix }) => `${path.replace(/^\[0\]\./, '')}: ${fix}`);
}

const rate = (properties: object) =>
  problems({ trigger: { ...RATE, properties: { ...RATE.properties, ...properties } } });
const lasting = (properties: object) =>
  problems({ trigger: { ...DURATION, properties: { ...DURATION.properties, ...properties } } });
const evaluated = (evaluation: object) => problems({ trigger: RATE, evaluation });

it('has the defaults of Stacktape', () => {
  expect(functionAlarms.parse([{ trigger: RATE }, { trigger: DURATION, includeInHistory: true }])).toEqual([
    {
      trigger: { ...RATE, properties: { thresholdPercent: 5, comparisonOperator: 'GreaterThanThreshold' } },
      evaluation: { period: 60, evaluationPeriods: 1 },
    },
    {
      trigger: {
        ...DURATION,
        properties: { thresholdMilliseconds: 5000, statistic: 'avg', comparisonOperator: 'GreaterThanThreshold' },
      },
      evaluation: { period: 60, evaluationPeriods: 1 },
      includeInHistory: true,
    },
  ]);
  expect(Object.keys(STATISTICS)).toEqual(['avg', 'sum', 'min', 'max', 'p90', 'p95', 'p99']);
});

it.each([0, 0.5, 100])('%d percent can be a threshold', (thresholdPercent) => {
  const comparisonOperator = thresholdPercent === 0 ? 'GreaterThanThreshold' : 'GreaterThanOrEqualToThreshold';
  expect(rate({ thresholdPercent, comparisonOperator })).toEqual([]);
});

it.each([
  [rate({ thresholdPercent: undefined }), 'thresholdPercent: add it: it is required'],
  [rate({ thresholdPercent: 101 }), 'thresholdPercent: use 100'],
  [rate({ thresholdPercent: '5' }), 'thresholdPercent: write 5 without quotes'],
  [
    rate({ thresholdPercent: tokens().NUMBER }),
    'thresholdPercent: write the number itself: it is needed for the alarm',
  ],
  [rate({ thresholdPercent: 100 }), 'thresholdPercent: use a smaller number'],
  [rate({ thresholdPercent: 0, comparisonOperator: 'LessThanThreshold' }), 'thresholdPercent: use a larger number'],
  [
    rate({ thresholdPercent: 0, comparisonOperator: 'GreaterThanOrEqualToThreshold' }),
    'thresholdPercent: use a larger number',
  ],
  [
    rate({ thresholdPercent: 100, comparisonOperator: 'LessThanOrEqualToThreshold' }),
    'thresholdPercent: use a smaller number',
  ],
  [rate({ comparisonOperator: 'GreaterThanTreshold' }), 'comparisonOperator: did you mean "GreaterThanThreshold"?'],
  [rate({ statistic: 'avg' }), 'statistic: remove it'],
  [lasting({ thresholdMilliseconds: -1 }), 'thresholdMilliseconds: use 0'],
  [lasting({ statistic: 'median' }), 'statistic: use one of these'],
  [
    lasting({ thresholdMilliseconds: 0, comparisonOperator: 'LessThanThreshold' }),
    'thresholdMilliseconds: use a larger number',
  ],
])('refuses a threshold: %j', (found, expected) => {
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(`trigger.properties.${expected}`);
});

it.each([
  [{ period: 90 }, 'period: use 120'],
  [{ period: 30 }, 'period: use 60 to 86,400 seconds: CloudWatch evaluates at most one day'],
  [{ evaluationPeriods: 0 }, 'evaluationPeriods: use 1'],
  [{ evaluationPeriods: 3, breachedPeriods: 4 }, 'breachedPeriods: use 3, or set evaluationPeriods to 4'],
  [{ breachedPeriods: 2 }, 'breachedPeriods: use 1, or set evaluationPeriods to 2'],
  [{ period: 300, evaluationPeriods: 289 }, 'evaluationPeriods: use 288: CloudWatch looks back no further'],
  [{ period: 3600, evaluationPeriods: 169 }, 'evaluationPeriods: use 168: CloudWatch looks back no further'],
  [{ datapoints: 1 }, 'datapoints: remove it'],
])('refuses to evaluate by %j', (evaluation, expected) => {
  const found = evaluated(evaluation);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(`evaluation.${expected}`);
});

it.each([
  { period: 60, evaluationPeriods: 1440 },
  { period: 3600, evaluationPeriods: 168 },
  { evaluationPeriods: 2, breachedPeriods: 2 },
])('evaluates by %j', (evaluation) => expect(evaluated(evaluation)).toEqual([]));

it.each([
  [{}, 'trigger: add it: it is required'],
  [{ trigger: { type: 'lambda-errors', properties: {} } }, 'trigger.type: did you mean "lambda-error-rate"?'],
  [{ trigger: { type: 'sqs-queue-not-empty' } }, 'trigger.type: use one of these'],
  [{ trigger: RATE, description: '' }, 'description: shorten it, or remove it'],
  [{ trigger: RATE, description: 'x'.repeat(1025) }, 'description: shorten it, or remove it'],
  [
    { trigger: RATE, includeInHistory: false },
    'includeInHistory: remove it: CloudWatch keeps the history of each alarm for 30 days',
  ],
  [{ trigger: RATE, notificationTargets: {} }, 'notificationTargets: add snsTopicName or snsTopicArn'],
  [{ trigger: RATE, notificationTargets: [{ eventBusName: 'bus' }] }, 'notificationTargets[0]'],
  [
    { trigger: RATE, notificationTargets: Array(6).fill({ snsTopicName: 'a' }) },
    'notificationTargets: subscribe several',
  ],
])('refuses %j', (alarm, expected) => {
  expect(problems(alarm)[0]).toContain(expected);
});

describe('with the timeout of the function', () => {
  const packaging = { type: 'js-bundle', properties: { entryfilePath: 'sorter.ts' } };
  const slow = (thresholdMilliseconds: number, more: object = {}, timeout?: number) =>
    problemsWith(functionProperties, {
      packaging,
      ...(timeout !== undefined && { timeout }),
      alarms: [{ trigger: RATE }, { trigger: { ...DURATION, properties: { thresholdMilliseconds, ...more } } }],
    });

  it('no invocation takes longer', () => {
    expect(slow(15_000)).toEqual([
      {
        path: 'alarms[1].trigger.properties.thresholdMilliseconds',
        found: '15000, and a timeout of 10 seconds',
        accepted: "at most 10,000 milliseconds, the function's timeout",
        fix: 'use a smaller number, or set timeout to 15: no invocation takes longer',
      },
    ]);
  });

  it('a sum can be larger, and a duration can be less than any', () => {
    expect(slow(15_000, { statistic: 'sum' })).toEqual([]);
    expect(slow(15_000, { comparisonOperator: 'LessThanThreshold' })).toEqual([]);
    expect(slow(15_000, {}, 15)).toEqual([]);
    expect(slow(10_000)).toEqual([]);
  });
});

describe('the topics in a config', () => {
  const fixes = (snsTopic: object) =>
    configProblems({
      stackName: 'reports',
      region: 'eu-west-1',
      resources: {
        alerts: { type: 'sns-topic' },
        ordered: { type: 'sns-topic', properties: { fifoEnabled: true } },
        sorter: {
          type: 'function',
          properties: {
            packaging: { type: 'js-bundle', properties: { entryfilePath: 'sorter.ts' } },
            alarms: [{ trigger: RATE, notificationTargets: [{ snsTopicName: 'alerts' }, snsTopic] }],
          },
        },
      },
    }).map(({ path, fix }) => `${path.replace(/^.*alarms\[0\]\./, '')}: ${fix}`);

  it.each([
    [{ snsTopicName: 'alert' }, 'snsTopicName: did you mean "alerts"?'],
    [
      { snsTopicName: 'ordered' },
      'snsTopicName: use a standard topic: mail and text messages, which people read, come from standard topics only',
    ],
    [
      { snsTopicArn: 'arn:aws:sns:us-east-1:123456789012:a' },
      'snsTopicArn: use a resource in eu-west-1, or set region to us-east-1',
    ],
  ])('are refused: %j', (topic, fix) => expect(fixes(topic)).toEqual([`notificationTargets[1].${fix}`]));

  it('are those of the stack', () => expect(fixes({ snsTopicArn: "$ResourceParam('alerts', 'arn')" })).toEqual([]));
});
