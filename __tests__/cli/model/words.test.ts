import { causeLine } from '../../../cli/model/words/cause-line';
import { nextStep } from '../../../cli/model/words/next-step';
import { verdict } from '../../../cli/model/words/verdict';
import { CASES } from './outcome-cases';
import { attempt, NOW, run } from './told-runs';

/** Verdict, cause and next step of each case, word by word. */
const WORDS: readonly (readonly [name: string, verdict: string, cause: string, next: readonly string[]])[] = [
  [
    'the Spot story',
    'Succeeded on attempt 3 of 3',
    'Attempts 1 and 2 exited with code 1. Attempt 2 had two Spot interruptions and then moved to an on-demand instance.',
    [],
  ],
  ['success at once', 'Succeeded on attempt 1 of 1', 'The container ran for 4m 00s and exited with code 0.', []],
  [
    'success after interruption',
    'Succeeded on attempt 1 of 1',
    'Attempt 1 had one Spot interruption, restarted, and succeeded.',
    [],
  ],
  [
    'success, local mock-up',
    'Succeeded on attempt 2 of 3',
    'Attempt 1 had one Spot interruption, restarted, and exited with code 1.',
    [],
  ],
  ['success after throttling', 'Succeeded on attempt 1 of 1', 'AWS Batch throttled 2 submissions.', []],
  ['success, nothing read', 'Succeeded', '', []],
  ['failure', 'Failed after 1 attempt', 'Attempt 1 exited with code 1.', []],
  ['failure of all attempts', 'Failed after 3 attempts', 'All 3 attempts exited with code 1.', []],
  ['failure of both attempts', 'Failed after 2 attempts', 'Both attempts exited with code 1.', []],
  [
    'failure, the last one differs',
    'Failed after 3 attempts',
    'Attempt 3 reached the timeout of 20m. Attempts 1 and 2 exited with code 1.',
    [],
  ],
  ['out of memory', 'Failed after 1 attempt', 'Attempt 1 ran out of memory (exit code 137).', []],
  ['killed', 'Failed after 1 attempt', 'Attempt 1 exited with code 137 (SIGKILL).', []],
  ['made to fail', 'Failed after 1 attempt', 'Attempt 1 failed because of --fail-attempts.', []],
  ['timeout', 'Failed after 1 attempt', 'Attempt 1 reached the timeout of 20m.', []],
  [
    'interrupted before the notice',
    'Failed after 1 attempt',
    'Attempt 1 was interrupted by Spot once, without time to exit.',
    [],
  ],
  [
    'interrupted after the notice',
    'Failed after 1 attempt',
    'Attempt 1 was interrupted by Spot twice, and no free restart was left.',
    [],
  ],
  [
    'interrupted, no restarts',
    'Failed after 1 attempt',
    'Attempt 1 was interrupted by Spot once, and the job has no free restarts.',
    [],
  ],
  ['host dead', 'Failed after 1 attempt', 'Attempt 1 lost the instance.', []],
  [
    'throttled to the end',
    'Failed before an attempt started',
    'Attempt 1 was not submitted: AWS Batch throttled it twice.',
    [],
  ],
  [
    'denied',
    'Failed before an attempt started',
    'Attempt 1 was not submitted, permission denied: User: arn:aws:sts::1:assumed-role/x is not authorized to perform: batch:SubmitJob.',
    [],
  ],
  [
    'invalid',
    'Failed before an attempt started',
    'Attempt 1 was not accepted by AWS Batch: Container Overrides length must be at most 8192.',
    [],
  ],
  [
    'refused on attempt 2',
    'Failed after 1 attempt',
    'Attempt 2 was not accepted by AWS Batch: JobQueue reports not found. Attempt 1 exited with code 1.',
    [],
  ],
  [
    'canceled',
    'Could not be placed: no instance has the vCPUs, memory or GPUs that it needs',
    'AWS Batch canceled attempt 1 in its queue.',
    [],
  ],
  [
    'canceled for a new reason',
    'Could not be placed: CAPACITY:SOMETHING',
    'AWS Batch canceled attempt 1 in its queue.',
    [],
  ],
  [
    'image',
    'Failed after 1 attempt',
    'Attempt 1 could not start the container: CannotPullContainerError: manifest unknown.',
    [],
  ],
  ['forgotten', 'Failed after 1 attempt', 'Attempt 1 failed, for an unknown reason.', []],
  ['a job that somebody ended', 'Failed after 1 attempt', 'Attempt 1 was terminated in AWS Batch: too slow.', []],
  ['stopped', 'Stopped by batch-jobs stop', 'Attempt 1 had been running for 4m 00s.', []],
  [
    'stopped, with a reason',
    'Stopped on attempt 1 of 1',
    'Reason: wrong input. Attempt 1 had been running for 4m 00s.',
    [],
  ],
  ['stopped in the queue', 'Stopped on attempt 1 of 1', 'Its container was not running.', []],
  ['timed out by Step Functions', 'Timed out on attempt 1 of 1', 'Step Functions ended the run after 10m 00s.', []],
  ['never started', 'Failed before an attempt started', 'An error occurred while executing the state.', []],
  ['never started, no reason', 'Failed before an attempt started', 'No reason is known.', []],
  [
    'redrive',
    'Waiting for a redrive',
    'The run failed and waits in Step Functions until it is started again from the failed state. Attempt 1 exited with code 1.',
    ['Step Functions continues with the failed state after a redrive. Without one, nothing follows.'],
  ],
  [
    'submitting',
    'Submitting attempt 1 of 3',
    '',
    ['The state machine submits the job to AWS Batch, which puts it in the queue.'],
  ],
  [
    'nothing yet',
    'Submitting attempt 1 of 3',
    '',
    ['The state machine submits the job to AWS Batch, which puts it in the queue.'],
  ],
  [
    'submitted',
    'Submitted attempt 1 of 3 to AWS Batch',
    'AWS Batch accepted the job 7m 00s ago. What it does now is not known.',
    ['The job waits in the queue or runs.', 'If the attempt fails, attempt 2 of 3 follows after 5s.'],
  ],
  [
    'pending',
    'In the queue, attempt 1 of 3',
    'Start 1 has been in the queue for 7m 00s (status PENDING). AWS Batch starts it when a Spot instance is available.',
    [
      'The job stays in the queue until an instance is available.',
      'If the attempt fails, attempt 2 of 3 follows after 5s.',
      'Set spotInterruption.thenOnDemand to move to on-demand capacity after the last free restart.',
    ],
  ],
  [
    'queued',
    'Waiting for Spot capacity, attempt 1 of 3',
    'Start 1 has been in the queue for 7m 00s (status RUNNABLE). AWS Batch starts it when a Spot instance is available.',
    [
      'If the job cannot be placed at all, AWS Batch cancels it after 10 minutes and the run fails with the reason. Otherwise it keeps waiting.',
      'If the attempt fails, attempt 2 of 3 follows after 5s.',
      'Set spotInterruption.thenOnDemand to move to on-demand capacity after the last free restart.',
    ],
  ],
  [
    'queued on demand',
    'Waiting for on-demand capacity, attempt 1 of 3',
    'Start 1 has been in the queue for 7m 00s (status RUNNABLE). AWS Batch starts it when an instance is available.',
    [
      'The job stays in the queue until an instance is available.',
      'If the attempt fails, attempt 2 of 3 follows after 5s.',
    ],
  ],
  [
    'starting',
    'Starting attempt 1 of 3',
    'The instance has been pulling the image and starting the container for 20s.',
    ['The container runs as soon as it has started.', 'If the attempt fails, attempt 2 of 3 follows after 5s.'],
  ],
  [
    'running',
    'Running attempt 1 of 3',
    'The container has been running for 6m 00s.',
    [
      'The container is stopped in 14m 00s, at the timeout of 20m.',
      'If the attempt fails, attempt 2 of 3 follows after 5s.',
      'After a Spot interruption, AWS Batch restarts the job without using up an attempt: 3 of 3 free restarts are left.',
    ],
  ],
  [
    'running, restarts used up',
    'Running attempt 1 of 3',
    'The container has been running for 6m 00s.',
    [
      'The container is stopped in 14m 00s, at the timeout of 20m.',
      'If the attempt fails, attempt 2 of 3 follows after 5s.',
      'A Spot interruption counts as a failure: no free restart is left.',
    ],
  ],
  [
    'running, then on demand',
    'Running attempt 1 of 3',
    'The container has been running for 6m 00s.',
    [
      'The container is stopped in 14m 00s, at the timeout of 20m.',
      'If the attempt fails, attempt 2 of 3 follows after 5s.',
      'After a Spot interruption, attempt 1 continues on on-demand capacity: no free restart is left.',
    ],
  ],
  [
    'stopping',
    'Running attempt 1 of 3',
    'The container got SIGTERM 20s ago (Spot interruption). It has 1m 40s to exit.',
    [
      'The container gets SIGKILL in 1m 40s if it still runs.',
      'After a Spot interruption, AWS Batch restarts the job without using up an attempt: 3 of 3 free restarts are left.',
    ],
  ],
  [
    'stopping at the timeout',
    'Running attempt 1 of 3',
    'The container got SIGTERM 20s ago (Timeout). It has 10s to exit.',
    ['The container gets SIGKILL in 10s if it still runs.', 'If the attempt fails, attempt 2 of 3 follows after 5s.'],
  ],
  ['waiting', 'Waiting 8s before attempt 2 of 3', 'Attempt 1 exited with code 1.', ['Attempt 2 of 3 starts in 6s.']],
  [
    'waiting, shortened',
    'Waiting 1s before attempt 2 of 3',
    'Attempt 1 exited with code 1.',
    ['Attempt 2 of 3 starts now.'],
  ],
  [
    'waiting, unknown length',
    'Waiting before attempt 2 of 3',
    'Attempt 1 exited with code 1.',
    ['Attempt 2 of 3 starts after the wait.'],
  ],
  [
    'throttled',
    'Waiting to submit attempt 1 of 3 again',
    'AWS Batch has refused the submission 3 times so far.',
    [
      'The state machine submits attempt 1 again, at the latest 15m after the last refusal. It gives up after about a day.',
    ],
  ],
  [
    'between attempts',
    'Submitting attempt 2 of 3',
    'Attempt 1 exited with code 1.',
    ['The state machine submits the job to AWS Batch, which puts it in the queue.'],
  ],
  ['timeout of an earlier config', 'Failed after 1 attempt', 'Attempt 1 reached its timeout.', []],
  ['stopped on this machine', 'Stopped by Ctrl-C', 'Attempt 1 had been running for 4m 00s.', []],
  [
    'process killed on this machine',
    'Stopped on attempt 1 of 1',
    'Its process was killed. Attempt 1 had been running for 4m 00s.',
    [],
  ],
  ['image not built on this machine', 'Failed before an attempt started', 'Step 2/7 failed: RUN npm ci.', []],
  [
    'preparing on this machine',
    'Preparing attempt 1 of 3',
    '',
    ['The image is built or pulled if necessary, and then the container starts.'],
  ],
  [
    'restarting on this machine',
    'Preparing attempt 1 of 3',
    'Attempt 1 was interrupted by Spot once.',
    ['The image is built or pulled if necessary, and then the container starts.'],
  ],
];

test.each(WORDS)('what the page says of a run: %s', (name, verdictText, cause, next) => {
  const run = new Map(CASES).get(name);
  if (run === undefined) throw new Error(`no case ${name}`);
  expect(verdict(run).text).toBe(verdictText);
  expect(causeLine(run, NOW)).toBe(cause);
  expect(nextStep(run, NOW).map((paragraph) => paragraph.map(({ text }) => text).join(''))).toEqual(next);
});

test('every case has its words, and no cause is longer than a line', () => {
  expect(WORDS.map(([name]) => name)).toEqual(CASES.map(([name]) => name));
  for (const [, run] of CASES) expect(causeLine(run, NOW).length).toBeLessThanOrEqual(160);
});

it('a verdict has no more attempts than the run, names who stopped it only if that is known, and has a bound', () => {
  const told = (differences: Parameters<typeof run>[0]) => verdict(run(differences)).text;
  expect(told({ outcome: 'succeeded', attempts: [attempt({ number: 4 })] })).toBe('Succeeded on attempt 4');
  const stopped = { outcome: 'stopped', reason: 'SIGTERM', attempts: [] } as const;
  expect(told({ ...stopped, place: 'local' })).toBe('Stopped by SIGTERM');
  expect(told({ ...stopped, place: 'aws' })).toBe('Stopped');
  expect(told({ ...stopped, stoppedBy: 'x'.repeat(500) })).toHaveLength(120);
});
