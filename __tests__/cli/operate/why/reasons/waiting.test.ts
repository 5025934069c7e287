import type { RunAttempt, RunWait } from '../../../../../cli/operate/run-story';
import type { BatchJobFacts, EnvironmentFacts, Facts, QueueFacts } from '../../../../../cli/operate/why/facts';
import {
  FORGOTTEN_REASON,
  QUEUE_REASONS,
  STATE_MACHINE_REASONS,
  STATUS_REASONS,
  WAITING_REASONS,
} from '../../../../../cli/operate/why/reasons/waiting';
import { found } from '../found';
import { attempt, idle, minutesAgo, RUN, runnable, running } from '../sample-facts';

const ago = (minutes: number) => expect.stringContaining(`(${minutes} minutes ago)`);

describe('a run in its state machine', () => {
  const of = (waits: readonly RunWait[], attempts: readonly RunAttempt[] = [attempt()], status?: 'FAILED') =>
    found(STATE_MACHINE_REASONS, running({ waits, attempts, ...(status && { status }) }));
  const since = { from: minutesAgo(3) };

  it('waits for a place, in line if that is known', () => {
    expect(of([{ kind: 'place', before: 1, ...since }])).toEqual({
      code: 'waits-for-place',
      values: { run: RUN, job: 'report', since: ago(3), where: '' },
    });
    expect(of([{ kind: 'place', before: 1, ahead: 1, ...since }])?.values.where).toBe(', as number 2 in line');
  });

  it('waits for an attempt', () => {
    expect(of([{ kind: 'retry', before: 2, ...since }])).toEqual({
      code: 'waits-for-retry',
      values: { run: RUN, attempt: 2, attempts: 3, since: ago(3) },
    });
  });

  it('does not wait any more if the wait or the run has ended', () => {
    const wait = { kind: 'retry', before: 2, ...since } as const;
    expect(of([{ ...wait, to: minutesAgo(1) }])).toBeUndefined();
    expect(of([wait], [], 'FAILED')).toBeUndefined();
  });

  it.each([
    [1, 'once'],
    [2, '2 times'],
  ])('is refused by AWS Batch because of too many submissions: %s', (refusals, text) => {
    const refused = attempt({ jobId: undefined, refusals });
    expect(of([], [refused])).toEqual({ code: 'submission-throttled', values: { run: RUN, refusals: text } });
    expect(of([], [refused], 'FAILED')).toBeUndefined();
  });

  it('waits to be submitted again', () => {
    const wait = { kind: 'throttled', before: 1, ...since } as const;
    expect(of([wait], [attempt({ refusals: 4 })])?.values).toEqual({ run: RUN, refusals: '4 times' });
    expect(of([wait], [])?.values).toEqual({ run: RUN, refusals: '0 times' });
  });

  it('is being submitted, before its first job and between two', () => {
    const expected = { code: 'being-submitted', values: { run: RUN } };
    expect(of([], [])).toEqual(expected);
    expect(of([], [attempt({ jobId: undefined })])).toEqual(expected);
    expect(of([], [attempt({ ended: minutesAgo(1) })])).toEqual(expected);
    expect(of([], [attempt({ refusals: 1 })])).toBeUndefined();
    expect(of([], [], 'FAILED')).toBeUndefined();
  });

  it('is needed for a reason', () => {
    expect(found(STATE_MACHINE_REASONS, idle({}))).toBeUndefined();
  });
});

describe('a job in AWS Batch', () => {
  const of = (batchJob: Partial<BatchJobFacts>) => found(STATUS_REASONS, running({}, batchJob));

  it.each([
    ['RUNNING', 'running'],
    ['STARTING', 'starting'],
    ['SUBMITTED', 'submitted'],
    ['PENDING', 'submitted'],
    ['SUCCEEDED', 'ending'],
    ['FAILED', 'ending'],
    ['RUNNABLE', undefined],
  ])('that is %s: %s', (status, code) => {
    expect(of({ status })?.code).toBe(code);
  });

  it('has the values of the texts, with the time since its start, or else since its wait began', () => {
    const values = { run: RUN, status: 'RUNNING', image: 'the image', since: ago(4) };
    expect(of({ status: 'RUNNING' })?.values).toEqual(values);
    expect(of({ status: 'RUNNING', started: minutesAgo(2), image: 'busybox' })?.values).toEqual({
      ...values,
      image: 'busybox',
      since: ago(2),
    });
  });

  it('waits for other jobs, if it has not been queued', () => {
    expect(of({ status: 'PENDING', dependsOn: ['a', 'b'] })).toEqual({
      code: 'waits-for-job',
      values: expect.objectContaining({ run: RUN, jobs: 'a, b' }),
    });
    expect(of({ status: 'SUBMITTED', dependsOn: ['a'] })?.code).toBe('waits-for-job');
    expect(of({ status: 'STARTING', dependsOn: ['a'] })?.code).toBe('starting');
  });

  it.each(['STARTING', 'RUNNABLE'])('that is %s again tells why it failed before, by the last start', (status) => {
    const denied = 'CannotPullContainerError: denied';
    expect(of({ status, earlierReasons: ['x', denied] })).toEqual({
      code: 'image-denied',
      values: expect.objectContaining({ subject: `Run ${RUN} is started again, and failed before`, run: RUN }),
    });
    expect(of({ status, earlierReasons: [denied, 'x'] })?.code).not.toBe('image-denied');
    expect(of({ status: 'RUNNING', earlierReasons: [denied] })?.code).toBe('running');
  });

  describe('that starts', () => {
    const starting = (task?: BatchJobFacts['task']) => of({ status: 'STARTING', queued: minutesAgo(90), task });

    it('is slow after ten minutes, by its task: with its image or without', () => {
      const [early, late] = [minutesAgo(30), minutesAgo(11)];
      expect(starting({ created: early })).toMatchObject({ code: 'image-pulled-slowly', values: { since: ago(30) } });
      expect(starting({ created: early, pullStarted: late })).toMatchObject({
        code: 'image-pulled-slowly',
        values: { since: ago(11) },
      });
      expect(starting({ created: early, pullStarted: early, pullStopped: late })).toMatchObject({
        code: 'starting-slowly',
        values: { since: ago(11), run: RUN },
      });
    });

    it('is not slow before', () => {
      expect(starting({ created: minutesAgo(10) })?.code).toBe('starting');
      expect(starting({ created: minutesAgo(30), pullStarted: minutesAgo(10) })?.code).toBe('starting');
      expect(starting()?.code).toBe('starting');
      expect(of({ status: 'RUNNING', task: { created: minutesAgo(30) } })?.code).toBe('running');
    });
  });

  it('says nothing of a run that has ended, or that has no job', () => {
    expect(found(STATUS_REASONS, running({ status: 'FAILED' }, { status: 'RUNNING' }))).toBeUndefined();
    expect(found(STATUS_REASONS, running())).toBeUndefined();
    expect(found(STATUS_REASONS, idle({}))).toBeUndefined();
  });
});

interface Waiting {
  readonly queue?: Partial<QueueFacts>;
  readonly environment?: Partial<EnvironmentFacts>;
  readonly batchJob?: Partial<BatchJobFacts>;
}

describe('a job that waits for an instance', () => {
  const of = (more: Waiting = {}) => found(QUEUE_REASONS, runnable(more));
  const busy = { running: { number: 1, isMore: false }, runningNames: ['import-1'] };
  const VALUES = {
    subject: `Run ${RUN}`,
    run: RUN,
    queue: 'reports-spot',
    environment: 'reports',
    instanceTypes: 'c7, m7',
    since: ago(4),
    cpu: 2,
  };
  const NAMED = {
    queue: { name: 'reports-spot' },
    environment: { name: 'reports', instanceTypes: ['c7', 'm7'] },
  };
  const named = ({ queue, environment, batchJob }: Waiting) =>
    of({ queue: { ...NAMED.queue, ...queue }, environment: { ...NAMED.environment, ...environment }, batchJob });

  it('has no reason yet', () => {
    expect(of()).toBeUndefined();
  });

  it('waits while other jobs use all vCPUs', () => {
    const full = { desiredVcpus: 9, maxVcpus: 10, registered: 1, connected: 1 };
    expect(named({ queue: busy, environment: full })).toEqual({
      code: 'max-vcpus-in-use',
      values: { ...VALUES, desired: 9, maxVcpus: 10, names: 'import-1' },
    });
    expect(of({ queue: busy, environment: { ...full, maxVcpus: 11 } })?.code).toBe('no-room');
    expect(of({ environment: full })).toBeUndefined();
    const large = { ...full, desiredVcpus: 0, maxVcpus: 1 };
    expect(of({ queue: busy, environment: large })?.code).toBe('no-room');
    expect(of({ queue: busy, environment: { ...full, desiredVcpus: 1, maxVcpus: 2 } })?.code).toBe('max-vcpus-in-use');
  });

  it('waits for an instance that was launched, and has not registered for ten minutes', () => {
    const lost = { desiredVcpus: 2, registered: 0, lastLaunch: minutesAgo(11) };
    expect(named({ environment: lost })).toEqual({
      code: 'instances-not-registered',
      values: { ...VALUES, launched: ago(11) },
    });
    expect(of({ environment: { ...lost, lastLaunch: minutesAgo(10) } })?.code).toBe('instance-starting');
    expect(of({ environment: { ...lost, desiredVcpus: 0 } })).toBeUndefined();
    expect(of({ environment: { ...lost, registered: undefined } })).toMatchObject({ code: 'instance-starting' });
    expect(of({ environment: { ...lost, registered: 1 } })).toBeUndefined();
  });

  it('waits because no instance has a connection', () => {
    expect(named({ environment: { registered: 2, connected: 0 } })).toEqual({
      code: 'agents-disconnected',
      values: { ...VALUES, registered: 2 },
    });
    expect(of({ environment: { registered: 2, connected: 1 } })).toBeUndefined();
    expect(of({ environment: { registered: 0, connected: 0 } })).toBeUndefined();
  });

  it('waits while an environment is updated, which is named', () => {
    const facts = runnable(NAMED);
    const [environment] = facts.environments as readonly [EnvironmentFacts];
    const environments = [environment, { ...environment, name: 'other', status: 'UPDATING' }];
    expect(found(QUEUE_REASONS, { ...facts, environments })).toEqual({
      code: 'environment-updating',
      values: { ...VALUES, environment: 'other' },
    });
  });

  it('waits for an instance that starts, unless that takes more than ten minutes', () => {
    const asked = { desiredVcpus: 2 };
    expect(named({ environment: asked })).toEqual({ code: 'instance-starting', values: VALUES });
    expect(of({ environment: { ...asked, registered: 1, connected: 1 } })).toBeUndefined();
    expect(of({ environment: asked, batchJob: { queued: minutesAgo(10) } })?.code).toBe('instance-starting');
    expect(of({ environment: asked, batchJob: { queued: minutesAgo(11) } })).toBeUndefined();
    const launched = { ...asked, lastLaunch: minutesAgo(10) };
    expect(of({ environment: launched, batchJob: { queued: minutesAgo(90) } })?.code).toBe('instance-starting');
    const facts = runnable();
    const [other] = facts.environments as readonly [EnvironmentFacts];
    const environments = [other, { ...other, ...asked }];
    expect(found(QUEUE_REASONS, { ...facts, environments })?.code).toBe('instance-starting');
  });

  it('waits for room beside the jobs that run', () => {
    expect(named({ queue: busy })).toEqual({ code: 'no-room', values: { ...VALUES, names: 'import-1' } });
  });

  it('waits behind others', () => {
    const head = { name: 'import-1' };
    const expected = { ...VALUES, subject: `Run ${RUN} waits behind import-1, which`, head: 'import-1' };
    expect(named({ queue: { head, position: 3 } })).toEqual({
      code: 'behind-other-jobs',
      values: { ...expected, position: 3 },
    });
    const far = { head, position: undefined };
    expect(of({ queue: { ...far, waiting: { number: 250, isMore: false } } })?.values.position).toBe('more than 250');
    expect(of({ queue: { ...far, waiting: undefined } })?.values.position).toBe('more than 100');
  });

  it.each([
    [['a'], { number: 1, isMore: false }, 'a'],
    [['a', 'b', 'c'], { number: 3, isMore: false }, 'a, b, c'],
    [['a', 'b', 'c', 'd'], { number: 4, isMore: false }, 'a, b, c and 1 other'],
    [['a', 'b', 'c'], { number: 5, isMore: false }, 'a, b, c and 2 others'],
    [['a', 'b', 'c'], { number: 100, isMore: true }, 'a, b, c and 97 or more others'],
  ])('names three of the jobs that run: %j, %j', (runningNames, running, names) => {
    expect(of({ queue: { runningNames, running } })?.values.names).toBe(names);
  });

  it.each([
    ['max-vcpus-in-use', { queue: busy, environment: { desiredVcpus: 256 } }],
    ['instances-not-registered', { environment: { desiredVcpus: 2, lastLaunch: minutesAgo(20) } }],
    ['agents-disconnected', { environment: { registered: 1, connected: 0 } }],
    ['environment-updating', { environment: { status: 'UPDATING' } }],
    ['instance-starting', { environment: { desiredVcpus: 2 } }],
    ['no-room', { queue: busy }],
    ['behind-other-jobs', { queue: { head: { name: 'x' } } }],
  ] satisfies readonly (readonly [string, Waiting])[])(
    'has the reason %s only while it waits for an instance',
    (code, more) => {
      expect(of(more)?.code).toBe(code);
      expect(of({ ...more, batchJob: { status: 'STARTING' } })).toBeUndefined();
      const { queue, environments } = runnable(more);
      expect(found(QUEUE_REASONS, { ...idle({}), queue, environments })).toBeUndefined();
      expect(found(QUEUE_REASONS, { ...runnable(more), run: undefined })).toBeUndefined();
    },
  );
});

describe('a job that waits for an instance, for no known reason', () => {
  const of = (facts: Facts) => found(WAITING_REASONS, facts);
  const notes = ['The queue left out: ...'];

  it.each([
    ['queue', { queue: undefined }, { queue: 'its queue' }],
    ['environment', { environments: [] }, { environment: 'unknown' }],
  ])('is told that its %s is unknown', (_, more, values) => {
    expect(of({ ...runnable(), notes, ...more })).toEqual({
      code: 'queue-unknown',
      values: expect.objectContaining({ run: RUN, ...values }),
    });
    expect(of({ ...runnable(), ...more })?.code).toBe('waits-for-instance');
  });

  it('has waited for long after ten minutes', () => {
    const since = (minutes: number) => of({ ...runnable({ batchJob: { queued: minutesAgo(minutes) } }), notes });
    expect(since(10)?.code).toBe('waits-for-instance');
    expect(since(11)?.code).toBe('waits-for-long');
  });

  it('is needed', () => {
    expect(of({ ...running(), notes })).toBeUndefined();
  });
});

it('is told that AWS Batch has forgotten its job, while it runs', () => {
  expect(found([FORGOTTEN_REASON], running())).toEqual({ code: 'job-unknown', values: { run: RUN } });
  expect(found([FORGOTTEN_REASON], running({ status: 'FAILED' }))).toBeUndefined();
  expect(found([FORGOTTEN_REASON], idle({}))).toBeUndefined();
});

it('names the command that helps', () => {
  const all = [...STATE_MACHINE_REASONS, ...STATUS_REASONS, ...QUEUE_REASONS, ...WAITING_REASONS, FORGOTTEN_REASON];
  const own = all.filter(({ code }) => !/^(image|secret|log-group|container|architecture|gpu|command)-/.test(code));
  expect(own.flatMap(({ code, command }) => (command === undefined ? [] : [[code, command]]))).toEqual([
    ['waits-for-place', 'runs {job}'],
    ['waits-for-retry', 'logs {run}'],
    ['being-submitted', 'why {run}'],
    ['running', 'logs {run} --follow'],
    ['submitted', 'why {run}'],
    ['ending', 'why {run}'],
    ['max-vcpus-in-use', 'deploy'],
    ['queue-unknown', 'info --policy read'],
    ['waits-for-instance', 'why {run}'],
    ['job-unknown', 'stop {run}'],
  ]);
});
