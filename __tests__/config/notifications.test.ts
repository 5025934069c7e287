import { configProblems, SMALLEST_JOB } from '../stack-config/samples';
import { fixesFor } from '../stack-config/with-resources';

const ARN = 'arn:aws:sns:eu-west-1:123456789012:alerts';
const topics = {
  alerts: { type: 'sns-topic' },
  ordered: { type: 'sns-topic', properties: { fifoEnabled: true } },
  orderedElsewhere: { type: 'sns-topic', existing: { arn: `${ARN}.fifo` } },
  bus: { type: 'event-bus' },
};
const people = 'use a standard topic: mail and text messages, which people read, come from standard topics only';
const none = 'add snsTopicName, snsTopicArn or eventBusName';

/** The problems of notifications in the stack, which must be those in a job too. */
function problems(notifications: object): string[] {
  const ofStack = fixesFor(topics, { notifications });
  const nightly = { type: 'batch-job', properties: { ...SMALLEST_JOB, notifications } };
  const ofJob = fixesFor({ ...topics, nightly });
  const shorter = (text: string) => text.replace(/^(nightly\.properties\.)?notifications\.?/, '');
  expect(ofJob.map(shorter)).toEqual(ofStack.map(shorter));
  return ofStack.map(shorter);
}

describe.each(['onFailure', 'onSuccess', 'onStuck'])('notifications.%s', (kind) => {
  it.each([
    [{ snsTopicName: 'alerts' }],
    [{ snsTopicArn: ARN }],
    [{ snsTopicArn: "$ResourceParam('alerts', 'arn')" }],
    [{ eventBusName: 'bus' }],
    [[{ snsTopicName: 'alerts' }, { eventBusName: 'bus' }, { snsTopicArn: ARN }]],
    [[]],
  ])('takes %j', (targets) => {
    expect(problems({ [kind]: targets })).toEqual([]);
  });

  it.each([
    [{}, `${kind}: ${none}`],
    [[{}], `${kind}[0]: ${none}`],
    [{ snsTopicName: 'alerts', eventBusName: 'bus' }, `${kind}: keep snsTopicName and remove eventBusName`],
    [{ snsTopicName: 'alert' }, `${kind}.snsTopicName: did you mean "alerts"?`],
    [
      [{ snsTopicName: 'bus' }],
      `${kind}[0].snsTopicName: use one of these names, or add a resource of type sns-topic with another name`,
    ],
    [{ eventBusName: 'alerts' }, `${kind}.eventBusName: did you mean "bus"?`],
    [{ snsTopicName: 'ordered' }, `${kind}.snsTopicName: ${people}`],
    [[{ snsTopicName: 'orderedElsewhere' }], `${kind}[0].snsTopicName: ${people}`],
    [{ snsTopicArn: "$ResourceParam('ordered', 'arn')" }, `${kind}.snsTopicArn: ${people}`],
    [{ snsTopicArn: `${ARN}.fifo` }, `${kind}.snsTopicArn: ${people}`],
    [{ snsTopicArn: 'alerts' }, `${kind}.snsTopicArn: write $ResourceParam('alerts', 'arn')`],
    [{ snsTopicNam: 'alerts' }, `${kind}.snsTopicNam: did you mean "snsTopicName"?`],
    ['alerts', `${kind}: write an object or a list`],
  ])('refuses %j', (targets, ...fixes) => {
    expect(problems({ [kind]: targets }).sort()).toEqual(fixes.sort());
  });
});

describe('notifications', () => {
  it('refuses a kind that is none', () => {
    expect(problems({ onFail: { snsTopicName: 'alerts' } })).toEqual(['onFail: did you mean "onFailure"?']);
  });

  it('refuses a topic of another region, at each place', () => {
    const target = { snsTopicArn: ARN.replace('eu-west-1', 'us-east-1') };
    const notifications = { onFailure: target, onSuccess: [target], onStuck: [target] };
    const nightly = { type: 'batch-job', properties: { ...SMALLEST_JOB, notifications } };
    const config = { stackName: 'reports', region: 'eu-west-1', notifications, resources: { nightly } };
    expect(configProblems(config).map(({ path, accepted }) => [path, accepted])).toEqual(
      ['notifications', 'resources.nightly.properties.notifications'].flatMap((place) =>
        ['onFailure', 'onSuccess[0]', 'onStuck[0]'].map((kind) => [
          `${place}.${kind}.snsTopicArn`,
          "an ARN of eu-west-1, the stack's region",
        ]),
      ),
    );
  });

  it.each([
    [{ snsTopicName: 'alerts', afterSeconds: 60 }],
    [{ snsTopicName: 'alerts', afterSeconds: 2_592_000 }],
    [[60, 120, 180, 240, 240, 60].map((afterSeconds) => ({ snsTopicName: 'alerts', afterSeconds }))],
  ])('takes onStuck %j', (onStuck) => {
    expect(problems({ onStuck })).toEqual([]);
  });

  it.each([
    [
      { snsTopicName: 'alerts', afterSeconds: 30 },
      'onStuck.afterSeconds: use 60 to 2,592,000 seconds: a run often waits for a minute, until an instance has started',
    ],
    [
      { snsTopicName: 'alerts', afterSeconds: '1 hour' },
      'onStuck.afterSeconds: write a whole number from 60 to 2,592,000 seconds',
    ],
    [
      [60, 120, 180, 240, 300].map((afterSeconds) => ({ snsTopicName: 'alerts', afterSeconds })),
      'onStuck: give some targets the same time',
    ],
  ])('refuses onStuck %j', (onStuck, fix) => {
    expect(problems({ onStuck })).toEqual([fix]);
  });

  it('refuses afterSeconds of other kinds', () => {
    const given = { onFailure: { snsTopicName: 'alerts', afterSeconds: 60 } };
    expect(fixesFor(topics, { notifications: given })).toEqual([
      'notifications.onFailure.afterSeconds: move it to notifications.onStuck.afterSeconds',
    ]);
  });
});
