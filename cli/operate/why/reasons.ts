import type { Facts } from './facts';
import { ofItem } from './item-answer';
import { type Answer, answer, type Reason } from './reason';
import { BLOCKED_REASONS, NEVER_PLACED_REASONS, UNKNOWN_REASONS } from './reasons/blocked';
import { ENDED_REASONS, SKIPPED_REASON, SUCCEEDED_REASON } from './reasons/ended';
import { ENVIRONMENT_REASONS } from './reasons/environment';
import { LAUNCH_REASONS, QUOTA_REASONS } from './reasons/launch';
import { NEVER_STARTED_REASONS, QUEUE_STATE_REASONS, START_REASONS } from './reasons/start';
import {
  FORGOTTEN_REASON,
  QUEUE_REASONS,
  STATE_MACHINE_REASONS,
  STATUS_REASONS,
  WAITING_REASONS,
} from './reasons/waiting';

/** A group of reasons, for the documentation. */
export interface ReasonGroup {
  readonly title: string;
  readonly reasons: readonly Reason[];
}

/**
 * All reasons. The first one that the facts show is the answer, so each comes before those that are less specific: what can never work
 * before what only takes time, and what was measured before what AWS Batch guesses.
 */
export const REASON_GROUPS: readonly ReasonGroup[] = [
  { title: 'The run has failed', reasons: ENDED_REASONS },
  { title: 'The run waits in its state machine', reasons: STATE_MACHINE_REASONS },
  { title: 'The job runs or starts', reasons: STATUS_REASONS },
  { title: 'No instance can hold the job', reasons: NEVER_PLACED_REASONS },
  { title: 'The compute environment cannot be used', reasons: ENVIRONMENT_REASONS },
  { title: 'An instance could not be launched', reasons: LAUNCH_REASONS },
  { title: 'AWS Batch names a reason', reasons: BLOCKED_REASONS },
  { title: 'The quota of vCPUs is too low', reasons: QUOTA_REASONS },
  { title: 'The job waits its turn', reasons: QUEUE_REASONS },
  { title: 'The queue accepts no jobs', reasons: QUEUE_STATE_REASONS },
  { title: 'AWS Batch knows no reason', reasons: [...UNKNOWN_REASONS, ...WAITING_REASONS, FORGOTTEN_REASON] },
  { title: 'No event starts a run', reasons: START_REASONS },
  { title: 'Nothing is wrong', reasons: [SKIPPED_REASON, SUCCEEDED_REASON, ...NEVER_STARTED_REASONS] },
];

/** Every reason, in the order in which they are tried. */
export const REASONS: readonly Reason[] = REASON_GROUPS.flatMap(({ reasons }) => reasons);

/** Why nothing runs: the first reason that the facts show. */
export function why(facts: Facts): Answer {
  for (const reason of REASONS) {
    const values = reason.find(facts);
    if (values !== undefined) return ofItem(facts, answer(reason, values));
  }
  // The last reasons cover every state of a run, and a job without one.
  throw new Error(`No reason fits the facts of ${facts.job.name}.`);
}
