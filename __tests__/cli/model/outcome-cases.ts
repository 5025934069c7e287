import type { Attempt, Run } from '../../../cli/model/run';
import { at, attempt, ended, live, run, SPOT_STORY, start } from './told-runs';

const failedAttempt = (number: number, differences: Partial<Attempt> = {}) =>
  attempt({ number, begunAt: at((number - 1) * 310), endedAt: at(number * 310 - 10), ...differences });
const interrupted = { outcome: 'interrupted', exitCode: 143 } as const;

/** Every way in which a run can be or end. */
export const CASES: readonly (readonly [name: string, run: Run])[] = [
  ['the Spot story', SPOT_STORY],
  ['success at once', ended({ outcome: 'succeeded' }, { outcome: 'succeeded', exitCode: 0 }, { outcome: 'succeeded' })],
  [
    'success after interruption',
    ended(
      {
        outcome: 'succeeded',
        starts: [start(interrupted), start({ number: 2, restart: 1, outcome: 'succeeded', exitCode: 0 })],
      },
      undefined,
      { outcome: 'succeeded' },
    ),
  ],
  [
    'success, local mock-up',
    run({
      outcome: 'succeeded',
      attempts: [
        failedAttempt(1, { starts: [start(interrupted), start({ number: 2, restart: 1 })] }),
        failedAttempt(2, { outcome: 'succeeded', starts: [start({ outcome: 'succeeded', exitCode: 0 })] }),
      ],
    }),
  ],
  [
    'success after throttling',
    ended(
      { outcome: 'succeeded', refusals: [{ at: at(1) }, { at: at(2) }] },
      { outcome: 'succeeded', exitCode: 0 },
      { outcome: 'succeeded' },
    ),
  ],
  ['success, nothing read', run({ outcome: 'succeeded', maximum: undefined })],
  ['failure', ended({}, {})],
  ['failure of all attempts', run({ attempts: [1, 2, 3].map((number) => failedAttempt(number)) })],
  ['failure of both attempts', run({ maximum: 2, attempts: [1, 2].map((number) => failedAttempt(number)) })],
  [
    'failure, the last one differs',
    run({
      attempts: [
        failedAttempt(1),
        failedAttempt(2),
        failedAttempt(3, {
          outcome: 'timed-out',
          starts: [start({ outcome: 'timed-out', stoppedAt: at(1260), exitCode: 137 })],
        }),
      ],
    }),
  ],
  [
    'out of memory',
    ended(
      { reason: 'OutOfMemoryError: Container killed due to memory usage (exit code 137)' },
      { exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' },
    ),
  ],
  ['killed', ended({}, { exitCode: 137 })],
  ['made to fail', ended({}, { isMadeToFail: true })],
  [
    'timeout',
    ended(
      { outcome: 'timed-out', reason: 'Job attempt duration exceeded timeout (exit code 137)' },
      { outcome: 'timed-out', stoppedAt: at(1260), exitCode: 137 },
    ),
  ],
  [
    'interrupted before the notice',
    ended(
      { outcome: 'interrupted' },
      { outcome: 'interrupted', exitCode: undefined, reason: 'Host EC2 (instance i-0) terminated.' },
    ),
  ],
  [
    'interrupted after the notice',
    ended(
      { outcome: 'interrupted', starts: [start(interrupted), start({ ...interrupted, number: 2, restart: 1 })] },
      undefined,
      { policy: { ...run().policy, freeRestarts: 1 } },
    ),
  ],
  [
    'interrupted, no restarts',
    ended({ outcome: 'interrupted' }, interrupted, { policy: { ...run().policy, freeRestarts: 0 } }),
  ],
  [
    'host dead',
    ended(
      { reason: 'Host EC2 (instance i-0) terminated.' },
      { exitCode: undefined, reason: 'Host EC2 (instance i-0) terminated.' },
    ),
  ],
  [
    'throttled to the end',
    ended({
      outcome: 'refused',
      refusals: [
        { at: at(1), error: 'Too Many Requests' },
        { at: at(9), error: 'Too Many Requests' },
      ],
      reason: 'Too Many Requests',
    }),
  ],
  [
    'denied',
    ended({
      outcome: 'refused',
      refusals: [{}],
      reason: 'User: arn:aws:sts::1:assumed-role/x is not authorized to perform: batch:SubmitJob',
    }),
  ],
  ['invalid', ended({ outcome: 'refused', refusals: [{}], reason: 'Container Overrides length must be at most 8192' })],
  [
    'refused on attempt 2',
    run({
      attempts: [
        failedAttempt(1),
        failedAttempt(2, { outcome: 'refused', starts: [], refusals: [{}], reason: 'JobQueue reports not found' }),
      ],
    }),
  ],
  [
    'canceled',
    ended(
      {
        outcome: 'canceled',
        reason: 'Canceled by JobStateTimeLimit action due to reason: MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT',
      },
      { outcome: 'canceled', startedAt: undefined, exitCode: undefined },
    ),
  ],
  [
    'canceled for a new reason',
    ended({ outcome: 'canceled', reason: 'Canceled by JobStateTimeLimit action due to reason: CAPACITY:SOMETHING' }),
  ],
  [
    'image',
    ended(
      { outcome: 'not-started', reason: 'Task failed to start: CannotPullContainerError: manifest unknown' },
      {
        outcome: 'not-started',
        startedAt: undefined,
        exitCode: undefined,
        reason: 'CannotPullContainerError: manifest unknown',
      },
    ),
  ],
  ['forgotten', ended({ outcome: 'failed', starts: [] })],
  [
    'a job that somebody ended',
    ended({ outcome: 'stopped', reason: 'too slow' }, { outcome: 'stopped', exitCode: 137 }),
  ],
  [
    'stopped',
    ended(
      { outcome: 'stopped' },
      { outcome: 'stopped', exitCode: undefined },
      { outcome: 'stopped', reason: 'Stopped by batch-jobs stop', stoppedBy: 'batch-jobs stop', endedAt: at(300) },
    ),
  ],
  [
    'stopped, with a reason',
    ended(
      { outcome: 'stopped' },
      { outcome: 'stopped', exitCode: undefined },
      { outcome: 'stopped', reason: 'wrong input' },
    ),
  ],
  ['stopped in the queue', ended({ outcome: 'stopped' }, undefined, { outcome: 'stopped' })],
  [
    'timed out by Step Functions',
    ended({ outcome: 'stopped' }, { outcome: 'stopped', exitCode: undefined }, { outcome: 'timed-out' }),
  ],
  ['never started', run({ error: 'States.Runtime', reason: 'An error occurred while executing the state' })],
  ['never started, no reason', run()],
  ['redrive', run({ outcome: 'running', endedAt: undefined, isRedrivePending: true, attempts: [failedAttempt(1)] })],
  ['submitting', live(undefined)],
  ['nothing yet', run({ outcome: 'running', endedAt: undefined })],
  ['submitted', live({ outcome: 'queued', startedAt: undefined })],
  ['pending', live({ outcome: 'queued', startedAt: undefined, batchStatus: 'PENDING' })],
  [
    'queued',
    live(
      { outcome: 'queued', startedAt: undefined, batchStatus: 'RUNNABLE' },
      { policy: { ...run().policy, unplaceableAfter: 600 } },
    ),
  ],
  ['queued on demand', live({ outcome: 'queued', startedAt: undefined, batchStatus: 'RUNNABLE', onDemand: true })],
  ['starting', live({ outcome: 'starting', startedAt: undefined, startingAt: at(400), batchStatus: 'STARTING' })],
  ['running', live({ outcome: 'running', batchStatus: 'RUNNING' })],
  ['running, restarts used up', live({ outcome: 'running', number: 4, restart: 3 })],
  [
    'running, then on demand',
    live({ outcome: 'running', restart: 3 }, { policy: { ...run().policy, thenOnDemand: true } }),
  ],
  ['stopping', live({ outcome: 'running', signalAt: at(400), signalReason: 'Spot interruption', grace: 120 })],
  ['stopping at the timeout', live({ outcome: 'running', signalAt: at(400), signalReason: 'Timeout', grace: 30 })],
  [
    'waiting',
    run({
      outcome: 'running',
      endedAt: undefined,
      attempts: [failedAttempt(1)],
      waits: [{ kind: 'retry', from: at(418), seconds: 8, before: 2 }],
    }),
  ],
  [
    'waiting, shortened',
    run({
      outcome: 'running',
      endedAt: undefined,
      attempts: [failedAttempt(1)],
      waits: [{ kind: 'retry', from: at(419), seconds: 8, waited: 1, before: 2 }],
    }),
  ],
  [
    'waiting, unknown length',
    run({
      outcome: 'running',
      endedAt: undefined,
      attempts: [failedAttempt(1)],
      waits: [{ kind: 'retry', from: at(418), before: 2 }],
    }),
  ],
  [
    'throttled',
    run({
      outcome: 'running',
      endedAt: undefined,
      attempts: [attempt({ outcome: 'queued', endedAt: undefined, starts: [], refusals: [{}, {}, {}] })],
      waits: [{ kind: 'throttled', from: at(418), before: 1 }],
    }),
  ],
  ['between attempts', run({ outcome: 'running', endedAt: undefined, attempts: [failedAttempt(1)] })],
  ['timeout of an earlier config', ended({ outcome: 'timed-out' }, { outcome: 'timed-out', exitCode: 137 })],
  [
    'stopped on this machine',
    ended(
      { outcome: 'stopped' },
      { outcome: 'stopped', exitCode: undefined },
      { place: 'local', outcome: 'stopped', reason: 'Ctrl-C' },
    ),
  ],
  [
    'process killed on this machine',
    ended(
      { outcome: 'stopped' },
      { outcome: 'stopped', exitCode: undefined },
      { place: 'local', outcome: 'stopped', reason: 'its process was killed' },
    ),
  ],
  ['image not built on this machine', run({ place: 'local', reason: 'Step 2/7 failed: RUN npm ci' })],
  ['preparing on this machine', run({ place: 'local', outcome: 'running', endedAt: undefined })],
  [
    'restarting on this machine',
    run({
      place: 'local',
      outcome: 'running',
      endedAt: undefined,
      attempts: [attempt({ outcome: 'interrupted', starts: [start(interrupted)] })],
    }),
  ],
];
