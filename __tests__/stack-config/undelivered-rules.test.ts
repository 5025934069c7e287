import { batchJobsConfig } from '../../modules/stack-config/config';
import { codesWith, configOf, configProblems } from './samples';

/** What is wrong with the topic for undelivered events, in a config with these topics. */
function problems(undeliveredEvents: object | undefined, topics: object = {}) {
  const { resources } = configOf({}) as { resources: object };
  const config = { stackName: 'reports', resources: { ...resources, ...topics }, undeliveredEvents };
  return configProblems(config).map(({ path, found, accepted, fix }) => [path, found, accepted, fix]);
}

const TOPIC = { type: 'sns-topic' };
const FIFO = { type: 'sns-topic', properties: { fifoEnabled: true } };
const EXISTING = { type: 'sns-topic', existing: { arn: 'arn:aws:sns:eu-west-1:123456789012:alerts.fifo' } };
const PATH = 'undeliveredEvents.alarmTopicName';
const alarm = { alarmTopicName: 'alerts' };

it('accepts a standard topic of the config, or none', () => {
  expect(problems(alarm, { alerts: TOPIC })).toEqual([]);
  expect(problems(undefined)).toEqual([]);
  expect(problems({ alarmTopicArn: 'arn:aws:sns:eu-west-1:123456789012:alerts' })).toEqual([]);
});

it.each([
  ['FIFO', FIFO],
  ['existing FIFO', EXISTING],
])('refuses a topic that is %s, which writes no mail', (_, topic) => {
  expect(problems(alarm, { alerts: topic })).toEqual([
    [
      PATH,
      '"alerts", a FIFO topic',
      'the name of a standard sns-topic',
      'use a standard topic: mail and text messages, which people read, come from standard topics only',
    ],
  ]);
});

it('wants a topic that is there', () => {
  expect(problems(alarm)).toEqual([
    [PATH, '"alerts"', 'the name of an sns-topic: the config has none', 'add a resource "alerts" of type sns-topic'],
  ]);
  expect(problems(alarm, { news: TOPIC, orders: FIFO, alert: { type: 'sqs-queue' } })).toEqual([
    [PATH, '"alerts"', 'the name of an sns-topic: news, orders', 'add a resource "alerts" of type sns-topic'],
  ]);
  expect(problems(alarm, { alert: TOPIC })).toEqual([
    [PATH, '"alerts"', 'the name of an sns-topic: alert', 'did you mean "alert"?'],
  ]);
});

it('calls it an invalid value', () => {
  expect(codesWith(batchJobsConfig, { ...(configOf({}) as object), undeliveredEvents: alarm })).toEqual([
    'invalid-value',
  ]);
});

it('leaves a name that is no text to the schema', () => {
  expect(problems({ alarmTopicName: 5 }).map(([path]) => path)).toEqual([PATH]);
});
