import { configProblems, SMALLEST_JOB } from '../stack-config/samples';
import { at, config, own, param } from './batch-job/following-jobs';

describe('a ring', () => {
  const accepted = 'jobs that do not lead back: each end would start the next run without end';

  it('of one job', () => {
    expect(configProblems(config({ a: [{ jobName: 'a', on: ['failed'] }] }))).toEqual([
      {
        path: `${at('a', 0)}.properties.jobName`,
        found: `a ring of jobs: a after a (${at('a', 0)})`,
        accepted,
        fix: 'remove this event: to repeat a run that failed, set attempts in retryConfig',
      },
    ]);
  });

  it.each([
    ['names', { jobName: 'b' }, { jobName: 'c' }, { jobName: 'a' }, 'jobName'],
    ['directives', { stateMachineArn: param('b') }, { jobName: 'c' }, { jobName: 'a' }, 'stateMachineArn'],
    [
      'ARNs of the stack itself',
      { jobName: 'b' },
      { stateMachineArn: own('c') },
      { stateMachineArn: own('a') },
      'jobName',
    ],
    [
      'an existing resource, which is a job of the stack',
      { jobName: 'b' },
      { stateMachineArn: "$ResourceParam('known', 'arn')" },
      { jobName: 'a' },
      'jobName',
    ],
  ])('of three jobs by %s', (_, a, b, c, property) => {
    const known = { type: 'state-machine', existing: { arn: own('c') } };
    expect(configProblems(config({ a: [a], b: [b], c: [c] }, { known }))).toEqual([
      {
        path: `${at('a', 0)}.properties.${property}`,
        found: `a ring of jobs: a after b (${at('a', 0)}), b after c (${at('b', 0)}), c after a (${at('c', 0)})`,
        accepted,
        fix: 'remove one of these events',
      },
    ]);
  });

  it('begins with the first event of the config', () => {
    const jobs = { free: [{ jobName: 'y' }], x: [{ jobName: 'outside' }, { jobName: 'y' }], y: [{ jobName: 'x' }] };
    const problems = configProblems(config({ ...jobs, outside: [] }));
    expect(problems.map(({ found }) => found)).toEqual([
      `a ring of jobs: x after y (${at('x', 1)}), y after x (${at('y', 0)})`,
    ]);
  });

  it('is no ring through another region, which has a report of its own', () => {
    const jobs = { a: [{ jobName: 'b' }], b: [{ stateMachineArn: own('a', { region: 'us-east-1' }) }] };
    expect(configProblems(config(jobs)).map(({ accepted }) => accepted)).toEqual([
      "an ARN of eu-west-1, the stack's region",
    ]);
  });
});

describe('a ring of a topic of notifications', () => {
  interface Given {
    readonly events?: readonly object[];
    readonly notifications?: object;
  }
  const job = (given: Given = {}) => ({ type: 'batch-job', properties: { ...SMALLEST_JOB, ...given } });
  const by = (properties: object) => ({ type: 'sns', properties });
  const topic = { type: 'sns-topic' };
  const ARN = 'arn:aws:sns:eu-west-1:123456789012:ended';
  const problems = (resources: object, more: object = {}) =>
    configProblems({ stackName: 'shop', region: 'eu-west-1', ...more, resources: { ended: topic, ...resources } });

  it.each(['onSuccess', 'onFailure', 'onStuck'])('that %s of the same job tells', (kind) => {
    const a = job({ events: [by({ snsTopicName: 'ended' })], notifications: { [kind]: { snsTopicName: 'ended' } } });
    expect(problems({ a })).toEqual([
      {
        path: `${at('a', 0)}.properties.snsTopicName`,
        found: `a ring of jobs: a after a (${at('a', 0)}, which resources.a.properties.notifications.${kind} tells)`,
        accepted: 'jobs that do not lead back: each end would start the next run without end',
        fix: `remove this event, or send ${kind} to another topic`,
      },
    ]);
  });

  it.each([
    ['another name of the property', { topicName: 'ended' }, { snsTopicName: 'ended' }, topic],
    ['a directive', { snsTopicArn: "$ResourceParam('ended', 'arn')" }, [{ snsTopicName: 'ended' }], topic],
    ['an ARN', { snsTopicArn: ARN }, { snsTopicArn: ARN }, topic],
    [
      'the ARN of an existing topic',
      { snsTopicName: 'ended' },
      { snsTopicArn: ARN },
      { ...topic, existing: { arn: ARN } },
    ],
    [
      'a filter that takes it',
      { snsTopicName: 'ended', filterPolicy: { kind: ['x', 'succeeded'] } },
      { snsTopicName: 'ended' },
      topic,
    ],
  ])('by %s', (_, event, onSuccess, ended) => {
    const found = problems({ ended, a: job({ events: [by(event)], notifications: { onSuccess } }) });
    expect(found.map(({ fix }) => fix)).toEqual(['remove this event, or send onSuccess to another topic']);
  });

  it('that the stack tells, from which a job can be taken out', () => {
    const onFailure = { snsTopicName: 'ended' };
    const shared = { notifications: { onFailure } };
    const cleanUp = { events: [by({ snsTopicName: 'ended' })] };
    expect(problems({ cleanUp: job(cleanUp), other: job() }, shared)).toMatchObject([
      { fix: 'remove this event, or add resources.cleanUp.properties.notifications.onFailure: []' },
    ]);
    expect(problems({ cleanUp: job({ ...cleanUp, notifications: { onFailure: [] } }), other: job() }, shared)).toEqual(
      [],
    );
  });

  it('through several jobs and sources', () => {
    const a = job({ events: [by({ snsTopicName: 'ended' })] });
    const b = job({
      events: [{ type: 'batch-job', properties: { jobName: 'a' } }],
      notifications: { onSuccess: { snsTopicName: 'ended' } },
    });
    expect(problems({ a, b })).toMatchObject([
      {
        found: `a ring of jobs: b after a (${at('b', 0)}), a after b (${at('a', 0)}, which resources.b.properties.notifications.onSuccess tells)`,
        fix: 'remove one of these events or notifications',
      },
    ]);
  });

  it.each([
    ['another topic', { snsTopicName: 'orders' }],
    [
      'a filter on the body',
      { snsTopicName: 'ended', filterPolicy: { kind: ['succeeded'] }, filterPolicyScope: 'MessageBody' },
    ],
    ['a filter for other jobs', { snsTopicName: 'ended', filterPolicy: { job: ['b'] } }],
    ['a filter for other messages', { snsTopicName: 'ended', filterPolicy: { kind: ['failed'] } }],
    ['a filter for attributes that no notification has', { snsTopicName: 'ended', filterPolicy: { order: ['new'] } }],
  ])('is none with %s', (_, event) => {
    const a = job({ events: [by(event)], notifications: { onSuccess: { snsTopicName: 'ended' } } });
    expect(problems({ a, orders: topic })).toEqual([]);
  });
});
