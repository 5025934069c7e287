import { indexed } from '../../../modules/config/indexed-config';
import { findingsOf } from '../../../modules/config/rule';
import { isFifoTopic, SNS_TOPIC_RULES } from '../../../modules/resources/sns-topic/rules';

const RESOURCES = {
  plain: { type: 'sns-topic' },
  ordered: { type: 'sns-topic', properties: { fifoEnabled: true } },
  queue: { type: 'sqs-queue', properties: { fifoEnabled: true } },
};
const ARN = "$ResourceParam('ordered', 'arn')";

it.each([
  ['ordered', true],
  [ARN, true],
  ['plain', false],
  ["$ResourceParam('plain', 'arn')", false],
  ['queue', false],
  ['gone', false],
  [undefined, false],
  [7, false],
])('%j is a FIFO topic of the config: %s', (given, expected) => {
  expect(isFifoTopic(given, indexed({ resources: RESOURCES }))).toBe(expected);
});

/** The places of what is refused, with what is there. */
function refused(config: object, job: object = {}) {
  const resources = { ...RESOURCES, job: { type: 'batch-job', properties: job } };
  const index = indexed({ ...config, resources });
  return findingsOf(SNS_TOPIC_RULES, index).map(({ path, finding }) => [path.join('.'), String(finding.found)]);
}
const named = { snsTopicName: 'ordered' };

it('a finding says what is accepted, and why', () => {
  const index = indexed({ notifications: { onFailure: named }, resources: RESOURCES });
  expect(findingsOf(SNS_TOPIC_RULES, index)).toMatchObject([
    {
      finding: {
        found: '"ordered", a FIFO topic',
        accepted: 'a standard topic',
        fix: expect.anything(),
      },
    },
  ]);
});

it.each([
  ['nothing', {}, {}],
  ['standard topics', { notifications: { onFailure: [{ snsTopicName: 'plain' }] } }, {}],
  ['others', { notifications: { onFailure: [{ sqsQueueName: 'ordered' }] }, alarms: { failedRuns: {} } }, {}],
  ['what is none', { notifications: { onFailure: 'ordered' }, alarms: { failedRuns: 7 } }, { alarms: 'ordered' }],
])('%s can be told', (_, config, job) => {
  expect(refused(config, job)).toEqual([]);
});

it('a FIFO topic is told of no run and no alarm, of the stack or of a job', () => {
  const section = {
    notifications: { onFailure: [{ snsTopicName: 'plain' }, { snsTopicArn: ARN }], onSuccess: named },
    alarms: { failedRuns: { notify: named }, oldestWaitingRun: { notify: [named] } },
  };
  const places = [
    ['notifications.onSuccess.snsTopicName', '"ordered", a FIFO topic'],
    ['notifications.onFailure.1.snsTopicArn', `"${ARN}", a FIFO topic`],
    ['alarms.failedRuns.notify.snsTopicName', '"ordered", a FIFO topic'],
    ['alarms.oldestWaitingRun.notify.0.snsTopicName', '"ordered", a FIFO topic'],
  ];
  expect(refused(section).sort()).toEqual([...places].sort());
  const alarm = { notificationTargets: [{ snsTopicName: 'plain' }, named] };
  const ofFunction = {
    a: { type: 'function', properties: { alarms: [alarm] } },
    b: { type: 'other', properties: { alarms: [alarm] } },
  };
  const index = indexed({ resources: { ...RESOURCES, ...ofFunction } });
  expect(findingsOf(SNS_TOPIC_RULES, index).map(({ path }) => path.join('.'))).toEqual([
    'resources.a.properties.alarms.0.notificationTargets.1.snsTopicName',
  ]);
  const inJob = places.map(([path, found]) => [`resources.job.properties.${path}`, found]);
  expect(refused({}, section).sort()).toEqual(inJob.sort());
});
