import { notificationTargets, notifiedTopicArn, stuckTargets } from '../../modules/config/notification-target';
import { problemsWith, tokens } from '../stack-config/samples';

const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:alerts';

it.each([{ snsTopicArn: TOPIC }, { snsTopicName: 'alerts' }, { eventBusName: 'events' }, []])(
  '%j gets messages',
  (target) => {
    expect(problemsWith(notificationTargets, target)).toEqual([]);
    expect(problemsWith(stuckTargets, target)).toEqual([]);
  },
);

it.each([
  {},
  { snsTopicArn: TOPIC, snsTopicName: 'alerts' },
  { snsTopicName: 'alerts', eventBusName: 'events' },
  { snsTopicName: '' },
  { eventBusName: '' },
])('%j is no place of messages', (target) => {
  expect(problemsWith(notificationTargets, target)).toHaveLength(1);
  expect(problemsWith(notificationTargets, [target])).toHaveLength(1);
  expect(problemsWith(stuckTargets, target)).toHaveLength(1);
});

it('a topic of people is no FIFO topic, and an ARN', () => {
  const accepted = 'the ARN of a standard SNS topic';
  expect(problemsWith(notifiedTopicArn, `${TOPIC}.fifo`)).toMatchObject([
    { found: `"${TOPIC}.fifo"`, accepted, fix: expect.not.stringContaining('arn:aws:sns') },
  ]);
  expect(problemsWith(notifiedTopicArn, 'alerts')).toMatchObject([
    { accepted, fix: 'write an ARN such as arn:aws:sns:eu-west-1:123456789012:alerts' },
  ]);
  expect(problemsWith(notifiedTopicArn, "$CfResourceParam('alerts', 'TopicArn')")).toEqual([]);
});

describe('targets of runs that wait', () => {
  const targets = (...seconds: number[]) => seconds.map((afterSeconds) => ({ snsTopicArn: TOPIC, afterSeconds }));

  it('are told after an hour', () => {
    expect(stuckTargets.parse({ snsTopicName: 'alerts' })).toEqual({ snsTopicName: 'alerts', afterSeconds: 3600 });
  });

  it('have at most four times', () => {
    expect(problemsWith(stuckTargets, targets(600, 700, 800, 900, 900, 600))).toEqual([]);
    expect(problemsWith(stuckTargets, targets(600, 700, 800, 900, 1000))).toEqual([
      {
        path: '',
        found: '5 of them',
        accepted: 'at most 4 different values of afterSeconds',
        fix: 'give some targets the same time',
      },
    ]);
  });

  it('have a time within its range, which CDKTF has to know', () => {
    const { NUMBER } = tokens();
    expect(problemsWith(stuckTargets, targets(10_000_000))).toMatchObject([
      { accepted: expect.stringMatching(/ seconds$/) },
    ]);
    expect(JSON.stringify(problemsWith(stuckTargets, targets(NUMBER)))).toContain('the rule');
  });

  it('have no time that is too short, and it is said why', () => {
    expect(JSON.stringify(problemsWith(stuckTargets, targets(1)))).toContain('a run often waits for a minute');
  });
});
