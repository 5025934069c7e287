import type { Facts, StartFacts } from '../../../../../cli/operate/why/facts';
import {
  NEVER_STARTED_REASONS,
  QUEUE_STATE_REASONS,
  START_REASONS,
} from '../../../../../cli/operate/why/reasons/start';
import { found } from '../found';
import { idle, minutesAgo, RUN, runnable, story } from '../sample-facts';

const of = (start: Partial<StartFacts>, more?: Partial<Facts>) => found(START_REASONS, idle(start, more));
const JOB = { job: 'report', function: 'reports-report-trigger', region: 'eu-west-1' };

it('has nothing to say if all is well, or if nobody asked what starts runs', () => {
  expect(of({})).toBeUndefined();
  expect(found(START_REASONS, { ...idle({}), start: undefined, stateMachine: 'DELETING' })).toBeUndefined();
});

it('says that the state machine is being deleted before anything else', () => {
  const missing = { function: { state: 'Missing', isStopped: false } };
  expect(of(missing, { stateMachine: 'DELETING' })).toEqual({ code: 'state-machine-deleting', values: JOB });
  expect(of({}, { stateMachine: undefined })).toBeUndefined();
});

describe('the trigger function', () => {
  const inState = (state: string, more: object = {}) => of({ function: { state, isStopped: false, ...more } });

  it.each([
    ['Missing', 'function-missing'],
    ['Failed', 'function-failed'],
    ['Inactive', 'function-failed'],
    ['Pending', 'function-pending'],
    ['Active', undefined],
  ])('in state %s: %s', (state, code) => {
    expect(inState(state)?.code).toBe(code);
  });

  it('tells why it failed', () => {
    expect(inState('Failed', { reason: 'No image.' })?.values).toEqual({
      ...JOB,
      state: 'Failed',
      reason: 'No image.',
    });
    expect(inState('Inactive')?.values).toEqual({ ...JOB, state: 'Inactive', reason: 'Lambda gives no reason' });
  });

  it('can be stopped by its reserved concurrency, or not be known', () => {
    expect(inState('Active', { isStopped: true })).toEqual({ code: 'function-stopped', values: JOB });
    expect(of({ function: undefined })).toBeUndefined();
  });
});

describe('rules and schedules', () => {
  it('can be disabled', () => {
    const rules = [
      { name: 'a', isEnabled: true },
      { name: 'b', isEnabled: false },
      { name: 'c', isEnabled: false, schedule: 'rate(1 day)' },
    ];
    expect(of({ rules })).toEqual({ code: 'rule-disabled', values: { ...JOB, rule: 'b', kind: 'events' } });
    expect(of({ rules: rules.slice(2) })?.values).toMatchObject({ rule: 'c', kind: 'schedule' });
    expect(of({ rules: rules.slice(0, 1) })).toBeUndefined();
    const schedules = [
      { name: 'a', isEnabled: true, schedule: 'rate(1 hour)' },
      { name: 'b', isEnabled: false, schedule: 'rate(1 day)' },
    ];
    expect(of({ schedules })).toEqual({
      code: 'schedule-disabled',
      values: { ...JOB, name: 'b', schedule: 'rate(1 day)' },
    });
    expect(of({ schedules: schedules.slice(0, 1) })).toBeUndefined();
  });

  it.each([
    ['missingRules', 'rule-missing'],
    ['missingSchedules', 'schedule-missing'],
  ] as const)('can be missing: %s', (name, code) => {
    expect(of({ [name]: 1 })).toEqual({ code, values: { ...JOB, schedules: 'a schedule' } });
    expect(of({ [name]: 2 })?.values.schedules).toBe('2 schedules');
  });
});

describe('queues and streams', () => {
  const mapping = (source: string, more: object = {}) => ({ source, uuid: `${source}-1`, isEnabled: true, ...more });

  it('can be disabled, missing or failing', () => {
    const mappings = [mapping('a', { result: 'OK' }), mapping('b', { isEnabled: false })];
    expect(of({ mappings })).toEqual({ code: 'source-disabled', values: { ...JOB, source: 'b', uuid: 'b-1' } });
    expect(of({ missingSources: 1 })).toEqual({
      code: 'source-missing',
      values: { ...JOB, sources: '1 queue or stream' },
    });
    expect(of({ missingSources: 2 })?.values.sources).toBe('2 queues or streams');
    const failing = [mapping('a'), mapping('b', { result: 'PROBLEM: Function call failed' })];
    expect(of({ mappings: failing })).toEqual({
      code: 'source-failing',
      values: { ...JOB, source: 'b', result: 'PROBLEM: Function call failed' },
    });
    expect(of({ mappings: [mapping('a', { result: 'No records processed' })] })).toBeUndefined();
  });
});

describe('the last event', () => {
  const last = (outcome: 'started' | 'duplicate' | 'ignored' | 'failed', more: object = {}) =>
    of({ lastEvent: { at: minutesAgo(3), outcome, ...more } });
  const when = expect.stringContaining('(3 minutes ago)');

  it.each([
    ['failed', 'event-failed', { detail: 'AccessDenied' }, { detail: 'no reason is in the log' }],
    ['duplicate', 'event-duplicate', { run: RUN }, { run: 'a run' }],
    ['ignored', 'event-ignored', { detail: 'a test event' }, { detail: 'unknown' }],
  ] as const)('%s: %s', (outcome, code, more, unknown) => {
    expect(last(outcome, more)).toEqual({ code, values: { ...JOB, when, ...more } });
    expect(last(outcome)).toEqual({ code, values: { ...JOB, when, ...unknown } });
  });

  it('started a run', () => {
    expect(last('started', { run: RUN })).toBeUndefined();
  });
});

it('tells of undelivered events, and where they are', () => {
  const waiting = (messages: number, queues: string[]) => of({ undelivered: { messages, queues } });
  expect(waiting(1, ['a'])).toEqual({
    code: 'undelivered',
    values: { ...JOB, events: '1 undelivered event', verb: 'waits', queues: 'queue a' },
  });
  expect(waiting(2, ['a', 'b'])?.values).toMatchObject({
    events: '2 undelivered events',
    verb: 'wait',
    queues: 'queues a, b',
  });
  expect(waiting(0, [])).toBeUndefined();
  expect(of({ undelivered: undefined })).toBeUndefined();
});

describe('a job without a run', () => {
  const never = (events: readonly string[], more: Partial<Facts> = {}) => {
    const facts = idle({}, more);
    return found(NEVER_STARTED_REASONS, { ...facts, job: { ...facts.job, events } });
  };

  it('has no events, or none that came', () => {
    expect(never([])).toEqual({ code: 'no-events', values: { job: 'report' } });
    expect(never(['sqs', 'schedule'])).toEqual({
      code: 'never-started',
      values: { job: 'report', events: 'sqs, schedule' },
    });
  });

  it('is not one that has a run', () => {
    const run = { name: RUN, story: story() };
    expect(never([], { run })).toBeUndefined();
    expect(never(['sqs'], { run })).toBeUndefined();
  });
});

describe('the queue', () => {
  const queue = (more: object) => found(QUEUE_STATE_REASONS, runnable({ queue: { name: 'reports-spot', ...more } }));

  it('can be disabled', () => {
    expect(queue({ state: 'DISABLED' })).toEqual({
      code: 'queue-disabled',
      values: { queue: 'reports-spot', region: 'eu-west-1' },
    });
  });

  it.each(['INVALID', 'DELETING', 'DELETED', 'CREATING'])('takes no jobs while it is %s', (status) => {
    expect(queue({ status, statusReason: 'x' })).toEqual({
      code: 'queue-invalid',
      values: { queue: 'reports-spot', status, reason: 'x' },
    });
    expect(queue({ status })?.values.reason).toBe('AWS Batch gives no reason');
  });

  it('takes jobs while it is valid or updated, and can be unknown', () => {
    expect(queue({ status: 'UPDATING' })).toBeUndefined();
    expect(queue({})).toBeUndefined();
    expect(found(QUEUE_STATE_REASONS, { ...runnable(), queue: undefined })).toBeUndefined();
  });
});

it('names the command that helps', () => {
  const reasons = [...START_REASONS, ...NEVER_STARTED_REASONS, ...QUEUE_STATE_REASONS];
  expect(reasons.flatMap(({ code, command }) => (command === 'deploy' ? [] : [[code, command]]))).toEqual([
    ['function-pending', undefined],
    ['function-stopped', undefined],
    ['event-failed', 'undelivered list --job {job}'],
    ['undelivered', 'undelivered'],
    ['event-duplicate', 'rerun {run}'],
    ['event-ignored', undefined],
    ['no-events', 'start {job}'],
    ['never-started', 'start {job}'],
  ]);
});
