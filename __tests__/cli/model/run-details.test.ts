import type { Attempt, Run, Start } from '../../../cli/model/run';
import { detailsOf } from '../../../cli/model/run-details';
import { timelineRows } from '../../../cli/model/timeline/rows';
import { at, attempt, live, NOW, run, SPOT_STORY, start, T0 } from './told-runs';

/** The title and the facts of a row, or without an ID of the run. */
function details(told: Run, id?: string, toggled?: ReadonlySet<string>): (string | undefined)[] {
  const row = timelineRows(told, NOW, toggled).find((one) => one.id === id);
  if (id !== undefined && row === undefined) throw new Error(`no row ${id}`);
  const found = detailsOf(told, row, NOW);
  return found === undefined ? [] : [found.title, ...found.facts.map(({ label, value }) => `${label}: ${value}`)];
}

const of = (
  differences: Partial<Start>,
  more: { readonly attempt?: Partial<Attempt>; readonly run?: Partial<Run> } = {},
) => run({ attempts: [attempt({ starts: [start(differences)], ...more.attempt })], ...more.run });

/** A fact of the only start of a run, whole. */
const fact = (told: Run, label: string) => detailsOf(told, undefined, NOW)?.facts.find((one) => one.label === label);
const value = (told: Run, label: string) => fact(told, label)?.value;

describe('the details of a row', () => {
  it('of a start say what is known of it', () => {
    expect(details(SPOT_STORY, 'a2.3')).toEqual([
      'Attempt 2, start 3',
      'Exit code: 1',
      'Reason: Essential container in task exited',
      'Capacity: On-demand',
      'Instance: c6i.large',
      'In queue: 33s',
      'Starting: 34s',
      'Running: 3m 56s',
    ]);
    expect(details(SPOT_STORY, 'a2.1').slice(0, 4)).toEqual([
      ...['Attempt 2, start 1', 'Exit code: 143', 'Capacity: Spot', 'Instance: c6i.large'],
    ]);
  });

  it('of an attempt with one start are those of the start', () => {
    expect(details(SPOT_STORY, 'a1')).toEqual([
      ...['Attempt 1', 'Exit code: 1', 'Capacity: Spot', 'Instance: c6i.large'],
      ...['In queue: 1m 12s', 'Starting: 32s', 'Running: 3m 38s'],
    ]);
    const found = detailsOf(SPOT_STORY, timelineRows(SPOT_STORY, NOW)[1], NOW);
    expect(found?.attempt).toBe(SPOT_STORY.attempts[0]);
    expect(found?.start).toBe(SPOT_STORY.attempts[0]?.starts[0]);
  });

  it('of an attempt with several starts are about all of them', () => {
    expect(details(SPOT_STORY, 'a2')).toEqual([
      ...['Attempt 2', 'Starts: 3', 'Spot interruptions: 2', 'Duration: 16m 35s'],
    ]);
    const found = detailsOf(SPOT_STORY, timelineRows(SPOT_STORY, NOW)[3], NOW);
    expect(found?.attempt).toBe(SPOT_STORY.attempts[1]);
    expect(found).not.toHaveProperty('start');
    const starts = [start({ outcome: 'interrupted' }), start({ number: 2 })];
    expect(details(run({ attempts: [attempt({ starts, refusals: [{ error: 'Denied' }] })] }), 'a1')).toEqual([
      ...['Attempt 1', 'Starts: 2', 'Spot interruptions: 1', 'Refused submissions: 1', 'Refused because: Denied'],
      'Duration: 5m 00s',
    ]);
  });

  it('without a row are those of the last start', () => {
    expect(details(SPOT_STORY)[0]).toBe('Attempt 3');
    const two = run({ attempts: [attempt({ starts: [start(), start({ number: 2 })] })] });
    expect(details(two)[0]).toBe('Attempt 1, start 2');
    expect(details(run())).toEqual([]);
    expect(detailsOf(run(), undefined, NOW)).toBeUndefined();
  });

  it('of a row that the run does not have are none', () => {
    const [row] = timelineRows(SPOT_STORY, NOW).filter(({ id }) => id === 'a3');
    expect(detailsOf(run({ attempts: [attempt()] }), row, NOW)).toBeUndefined();
  });
});

describe('the details of the trigger function', () => {
  const trigger = (differences: Partial<Run> = {}) =>
    details(run({ trigger: { at: T0, duplicates: 0 }, ...differences }), 'trigger');

  it('say what the event was, how long it took, and what was delivered again', () => {
    expect(details(SPOT_STORY, 'trigger')).toEqual(['Trigger function', 'Event: schedule', 'Took: 0.4s']);
    expect(trigger()).toEqual(['Trigger function', 'Event: schedule']);
    expect(trigger({ event: { source: 'sqs', bytes: 2 } })).toEqual(['Trigger function', 'Event: schedule']);
    expect(trigger({ source: undefined, event: { source: 'sqs', bytes: 2 } })[1]).toBe('Event: sqs');
    expect(trigger({ source: undefined, event: { bytes: 2 } })).toEqual(['Trigger function']);
    expect(trigger({ trigger: { at: T0, duplicates: 1 } })[2]).toBe('Duplicates: 1, started nothing');
    const earlier = { run: `load-${'1a2b3c4d'.repeat(4)}`, job: 'load' };
    expect(trigger({ earlier })[2]).toBe('Started by: run load-1a2b3c4d of job load');
  });

  it('are none for a run without it', () => {
    const [row] = timelineRows(SPOT_STORY, NOW);
    expect(detailsOf(run(), row, NOW)).toEqual({ title: 'Trigger function', facts: [] });
  });
});

describe('the details of a wait and of a fold', () => {
  it('say how long it was, or is so far', () => {
    expect(details(SPOT_STORY, 'w3')).toEqual(['Wait before attempt 3', 'Duration: 10s']);
    const waits = [{ kind: 'retry', from: at(300), before: 2 }] as const;
    const open = run({ outcome: 'running', endedAt: undefined, attempts: [attempt()], waits });
    expect(details(open, 'w2')).toEqual(['Wait before attempt 2', 'So far: 2m 00s']);
    const many = run({ attempts: Array.from({ length: 21 }, (_, index) => attempt({ number: index + 1 })) });
    expect(details(many, 'f4')).toEqual(['15 attempts failed with exit code 1', 'Duration: 5m 00s']);
    const [wait] = timelineRows(SPOT_STORY, NOW).filter(({ id }) => id === 'w3');
    expect(wait && detailsOf(run(), { ...wait, to: undefined }, NOW)?.facts).toEqual([]);
  });
});

describe('the details of an attempt without a start', () => {
  const unstarted = (differences: Partial<Attempt>, more: Partial<Run> = {}) =>
    details(run({ attempts: [attempt({ starts: [], ...differences })], ...more }));

  it('say why', () => {
    expect(unstarted({ outcome: 'canceled', reason: 'Canceled' })).toEqual([
      ...['Attempt 1', 'Reason: Canceled', 'Starts: 0', 'Duration: 5m 00s'],
    ]);
    expect(unstarted({ outcome: 'succeeded', reason: 'None' })).toEqual(['Attempt 1', 'Starts: 0', 'Duration: 5m 00s']);
  });

  it('count refused submissions, and say what AWS Batch answered unless that is the reason', () => {
    const refusals = [{ error: 'TooManyRequests' }, {}, { error: 'Denied' }, { error: 'TooManyRequests' }];
    expect(unstarted({ refusals })).toEqual([
      ...['Attempt 1', 'Starts: 0', 'Refused submissions: 4', 'Refused because: TooManyRequests, Denied'],
      'Duration: 5m 00s',
    ]);
    expect(unstarted({ refusals: [{}] })).toEqual([
      ...['Attempt 1', 'Starts: 0', 'Refused submissions: 1', 'Duration: 5m 00s'],
    ]);
    expect(unstarted({ refusals, outcome: 'refused' })).toEqual([
      ...['Attempt 1', 'Starts: 0', 'Refused submissions: 4', 'Duration: 5m 00s'],
    ]);
  });

  it('last until now, until the end of the run, or for an unknown time', () => {
    expect(unstarted({ endedAt: undefined }).at(-1)).toBe('Duration: 10m 00s');
    expect(unstarted({ endedAt: undefined }, { endedAt: undefined }).at(-1)).toBe('Starts: 0');
    expect(
      unstarted({ outcome: 'queued', endedAt: undefined }, { outcome: 'running', endedAt: undefined }).at(-1),
    ).toBe('Duration: 7m 00s');
  });
});

describe('the details of a start', () => {
  it('say its exit code, and that 0 is one', () => {
    expect(value(of({ exitCode: 0 }), 'Exit code')).toBe('0');
    expect(value(of({ exitCode: undefined }), 'Exit code')).toBeUndefined();
  });

  it('say the reason of its own, else that of the attempt for its last start', () => {
    const reasons = { starts: [start({ number: 1 }), start({ number: 2 })], reason: 'Task failed' };
    const two = run({ attempts: [attempt(reasons)] });
    expect(details(two, 'a1.1')).not.toContain('Reason: Task failed');
    expect(details(two, 'a1.2')).toContain('Reason: Task failed');
    expect(value(of({ reason: 'Own' }, { attempt: { reason: 'Task failed' } }), 'Reason')).toBe('Own');
    expect(value(of({ outcome: 'succeeded' }, { attempt: { reason: 'Task failed' } }), 'Reason')).toBeUndefined();
    const local = { run: { place: 'local' } } as const;
    expect(value(of({ reason: 'Essential container in task exited: boom' }, local), 'Reason')).toBe('boom');
    expect(value(of({ reason: 'Essential container in task exited: boom' }), 'Reason')).toMatch(/^Essential/);
  });

  it('say what it means, and what made it fail', () => {
    expect(value(of({ hint: 'Command not found' }), 'What it means')).toBe('Command not found');
    expect(value(of({ isMadeToFail: true }), 'Injected')).toBe('--fail-attempts');
    expect(value(of({}), 'Injected')).toBeUndefined();
  });

  it('count refused submissions if it is the only one', () => {
    const refusals = [{ error: 'TooManyRequests' }];
    expect(value(of({}, { attempt: { refusals } }), 'Refused submissions')).toBe('1');
    expect(value(of({}), 'Refused submissions')).toBeUndefined();
    const two = { refusals, starts: [start(), start({ number: 2 })] };
    expect(value(of({}, { attempt: two }), 'Refused submissions')).toBeUndefined();
  });

  it('say its capacity, which this machine does not have', () => {
    const onDemand = { policy: { ...run().policy, isSpot: false } };
    expect(value(of({}), 'Capacity')).toBe('Spot');
    expect(value(of({ onDemand: true }), 'Capacity')).toBe('On-demand');
    expect(value(of({}, { run: onDemand }), 'Capacity')).toBe('On-demand');
    expect(value(of({}, { run: { place: 'local' } }), 'Capacity')).toBeUndefined();
  });

  it('say its instance and zone, as far as they are known', () => {
    expect(value(of({ instanceType: 'c6i.large', zone: 'eu-west-1a' }), 'Instance')).toBe('c6i.large, eu-west-1a');
    expect(value(of({ zone: 'eu-west-1a' }), 'Instance')).toBe('eu-west-1a');
    expect(value(of({}), 'Instance')).toBeUndefined();
  });

  it('say how long it waited and ran', () => {
    const lengths = (differences: Partial<Start>) =>
      ['In queue', 'Starting', 'Running', 'SIGTERM to exit'].map((label) => value(of(differences), label));
    expect(lengths({ startingAt: at(20), signalAt: at(290) })).toEqual(['20s', '40s', '4m 00s', '10s']);
    expect(lengths({})).toEqual(['1m 00s', undefined, '4m 00s', undefined]);
    expect(lengths({ queuedAt: undefined })).toEqual([undefined, undefined, '4m 00s', undefined]);
    expect(lengths({ startedAt: undefined })).toEqual(['5m 00s', undefined, undefined, undefined]);
    expect(lengths({ startedAt: undefined, startingAt: at(20) })).toEqual(['20s', '4m 40s', undefined, undefined]);
    expect(lengths({ stoppedAt: undefined, signalAt: at(290) })).toEqual(['1m 00s', undefined, undefined, undefined]);
    expect(value(of({ signalAt: at(290), grace: 120 }), 'SIGTERM to exit')).toBe('10s of 2m 00s');
    expect(value(of({ grace: 120 }), 'SIGTERM to exit')).toBeUndefined();
    expect(value(of({ signalReason: 'the timeout' }), 'SIGTERM')).toBe('the timeout');
  });

  it('say in whole seconds how long it has been going on', () => {
    const told = live({ outcome: 'running', startedAt: at(60.7), signalAt: at(400.3), grace: 120 });
    expect(value(told, 'Running')).toBe('5m 59s');
    expect(value(told, 'SIGTERM to exit')).toBe('19s of 2m 00s');
    expect(value(told, 'In queue')).toBe('1m 01s');
    expect(value(live({ outcome: 'queued', startedAt: undefined, queuedAt: at(400.5) }), 'In queue')).toBe('19s');
  });

  it('say how many free restarts are left, while it waits for Spot capacity', () => {
    const left = (differences: Partial<Start>, more: Partial<Run> = {}) =>
      value(live({ outcome: 'queued', startedAt: undefined, ...differences }, more), 'Free restarts left');
    expect(left({})).toBe('3 of 3');
    expect(left({ restart: 1 })).toBe('2 of 3');
    expect(left({ restart: 5 })).toBe('0 of 3');
    expect(left({ outcome: 'starting' })).toBe('3 of 3');
    expect(left({ outcome: 'running' })).toBeUndefined();
    expect(left({ onDemand: true })).toBeUndefined();
    expect(left({}, { place: 'local' })).toBeUndefined();
    expect(left({}, { policy: { ...run().policy, isSpot: false } })).toBeUndefined();
    expect(left({}, { outcome: 'failed' })).toBeUndefined();
  });

  it('begin with its status in AWS Batch, and end with the queue, the log and the job', () => {
    const links = { 'Last log': 'https://log', 'Last job': 'https://job' };
    const told = of(
      { batchStatus: 'RUNNABLE', queue: 'jobs', logStream: 'job/default/1', jobId: '4b1e' },
      { run: { links } },
    );
    const facts = detailsOf(told, undefined, NOW)?.facts ?? [];
    expect([...facts.slice(0, 1), ...facts.slice(-3)]).toEqual([
      { label: 'Status', value: 'RUNNABLE', isCode: true },
      { label: 'Queue', value: 'jobs' },
      { label: 'Log stream', value: 'job/default/1', isCode: true, href: 'https://log' },
      { label: 'AWS Batch job', value: '4b1e', isCode: true, href: 'https://job' },
    ]);
    expect(fact({ ...told, links: undefined }, 'Log stream')?.href).toBeUndefined();
    expect(fact({ ...told, place: 'local' }, 'AWS Batch job')).toBeUndefined();
    expect(fact({ ...told, place: 'local' }, 'Log stream')).toBeDefined();
  });

  it('link to the last start of the last attempt only', () => {
    const starts = [1, 2].map((number) => start({ number, jobId: `job-${number}` }));
    const attempts = [1, 2].map((number) => attempt({ number, starts }));
    const told = run({ attempts, links: { 'Last job': 'https://job' } });
    const rows = timelineRows(told, NOW);
    const href = (id: string) =>
      detailsOf(
        told,
        rows.find((row) => row.id === id),
        NOW,
      )?.facts.find(({ label }) => label === 'AWS Batch job')?.href;
    expect(['a1.1', 'a1.2', 'a2.1', 'a2.2'].map(href)).toEqual([undefined, undefined, undefined, 'https://job']);
  });
});
