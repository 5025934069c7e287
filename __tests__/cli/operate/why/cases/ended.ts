import type { Facts } from '../../../../../cli/operate/why/facts';
import { failed, idle, RUN, running, story } from '../sample-facts';
import type { Case } from './case';

/** A run of a hundred items, one of which ran out of memory: the run's reason says so, but more memory for all is not its answer. */
function itemsFailed(): Facts {
  const failures = [{ index: 17, reason: 'OutOfMemoryError: Container killed due to memory usage (exit code 137)' }];
  const counts = { waiting: 0, running: 0, succeeded: 99, failed: 1 };
  const facts = failed({ reason: '1 of 100 items failed: item 17 (OutOfMemoryError: Container killed)' });
  const told = facts.run?.story ?? story();
  const items = { count: 100, counts, failures };
  return { ...facts, run: { name: RUN, story: { ...told, error: 'ItemsFailed', items } } };
}

/** Cases of runs that ended. */
export const ENDED: readonly Case[] = [
  ['items-failed', 'made', itemsFailed()],
  ['terminated', 'made', failed({ outcome: 'stopped', reason: 'too expensive', exitCode: 137 })],
  [
    'refused-queue',
    'reported',
    failed(
      { outcome: 'refused' },
      {
        error: 'Batch.ClientException',
        reason:
          'Error executing request, Exception : JobQueue reports-spot-cpu-x86-64 is not in ENABLED state., RequestId: 1',
      },
    ),
  ],
  [
    'refused-definition',
    'reported',
    failed(
      { outcome: 'refused' },
      { error: 'Batch.ClientException', reason: 'JobDefinition reports-report does not have ACTIVE revisions' },
    ),
  ],
  [
    'refused-permission',
    'made',
    failed(
      { outcome: 'refused' },
      {
        error: 'Batch.AccessDeniedException',
        reason: 'User: arn:aws:sts::123456789012:assumed-role/states is not authorized',
      },
    ),
  ],
  [
    'refused-throttled',
    'made',
    failed(
      { outcome: 'refused' },
      { error: 'Batch.AWSBatchException', reason: 'Too Many Requests (Service: AWSBatch; Status Code: 429)' },
    ),
  ],
  ['refused', 'made', failed({ outcome: 'refused' }, { error: 'Batch.ClientException', reason: 'Something is wrong' })],
  [
    'state-machine-fault',
    'made',
    failed({}, { attempts: [], error: 'States.Runtime', reason: 'An error occurred while executing the state' }),
  ],
  ['failed', 'made', failed({ reason: 'something that nobody knows' })],
  ['run-timed-out', 'made', running({ status: 'TIMED_OUT' })],
  ['stopped', 'made', running({ status: 'ABORTED', reason: 'stopped by Ada' })],
  ['redrive-pending', 'made', running({ status: 'PENDING_REDRIVE' })],
  ['skipped', 'made', idle({}, { run: { name: RUN, story: story({ status: 'SUCCEEDED', isSkipped: true }) } })],
  ['succeeded', 'made', idle({}, { run: { name: RUN, story: story({ status: 'SUCCEEDED' }) } })],
];
