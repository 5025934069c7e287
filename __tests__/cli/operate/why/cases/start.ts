import type { Facts } from '../../../../../cli/operate/why/facts';
import { idle, minutesAgo, RUN, runnable } from '../sample-facts';
import type { Case } from './case';

const lastEvent = (outcome: 'duplicate' | 'ignored' | 'failed', more: object) =>
  idle({ lastEvent: { at: minutesAgo(3), outcome, ...more } });

/** Cases of events that start no run. */
export const START: readonly Case[] = [
  ['queue-disabled', 'made', runnable({ queue: { state: 'DISABLED' } })],
  [
    'queue-disabled',
    'made',
    idle({}, { queue: { ...(runnable().queue as NonNullable<Facts['queue']>), state: 'DISABLED' } }),
  ],
  ['queue-invalid', 'made', runnable({ queue: { status: 'INVALID', statusReason: 'CLIENT_ERROR - no environment' } })],

  ['state-machine-deleting', 'made', idle({}, { stateMachine: 'DELETING' })],
  [
    'function-failed',
    'made',
    idle({ function: { state: 'Failed', reason: 'The image does not exist.', isStopped: false } }),
  ],
  ['function-failed', 'made', idle({ function: { state: 'Inactive', isStopped: false } })],
  ['function-pending', 'made', idle({ function: { state: 'Pending', isStopped: false } })],
  ['function-stopped', 'made', idle({ function: { state: 'Active', isStopped: true } })],
  [
    'rule-disabled',
    'made',
    idle({ rules: [{ name: 'reports-report-Event1', isEnabled: false, schedule: 'rate(1 day)' }] }),
  ],
  ['rule-disabled', 'made', idle({ rules: [{ name: 'reports-report-Event1', isEnabled: false }] })],
  [
    'schedule-disabled',
    'made',
    idle({
      schedules: [
        { name: 'reports-report-Event1', isEnabled: true, schedule: 'rate(1 day)' },
        { name: 'reports-report-Event2', isEnabled: false, schedule: 'cron(0 9 * * ? *) Asia/Tokyo' },
      ],
    }),
  ],
  ['source-disabled', 'made', idle({ mappings: [{ source: 'queue orders', uuid: 'a-uuid', isEnabled: false }] })],
  [
    'source-failing',
    'documented',
    idle({
      mappings: [{ source: 'queue orders', uuid: 'a-uuid', isEnabled: true, result: 'PROBLEM: Function call failed' }],
    }),
  ],
  ['event-failed', 'made', lastEvent('failed', { detail: 'StartExecution failed: AccessDeniedException' })],
  [
    'undelivered',
    'made',
    idle({ undelivered: { messages: 3, queues: ['reports-undelivered-events', 'orders-dead'] } }),
  ],
  ['undelivered', 'made', idle({ undelivered: { messages: 1, queues: ['reports-undelivered-events'] } })],
  ['event-duplicate', 'made', lastEvent('duplicate', { run: RUN })],
  ['event-ignored', 'made', lastEvent('ignored', { detail: 's3-test-event' })],
  ['no-events', 'made', idle({}, { job: { ...runnable().job, events: [] } })],
  ['never-started', 'made', idle({})],
  ['function-missing', 'made', idle({ function: { state: 'Missing', isStopped: false } })],
  ['rule-missing', 'made', idle({ missingRules: 1 })],
  ['schedule-missing', 'made', idle({ missingSchedules: 2 })],
  ['source-missing', 'made', idle({ missingSources: 2 })],
];
