import { counted, formatCount } from '../../../../modules/problems/phrases';
import type { RunAttempt } from '../../run-story';
import type { Facts } from '../facts';
import type { Reason, Values } from '../reason';
import { containerValues, endReasons, exitReasons, startReasons } from './container';

/** What AWS Batch, ECS and Docker say about the end of a run that failed, as text. Undefined for other runs. */
function failure(facts: Facts): { readonly message: string; readonly values: Values } | undefined {
  const { run } = facts;
  if (run?.story.status !== 'FAILED') return undefined;
  const { story, lastLines = [] } = run;
  const last = story.attempts.at(-1);
  const reasons = last === undefined ? [] : reasonsOf(last);
  return {
    message: [...reasons, story.reason ?? '', ...lastLines.filter((line) => /exec format error/.test(line))].join('\n'),
    values: containerValues(facts, `Run ${run.name} failed`),
  };
}

function reasonsOf({ reason, starts }: RunAttempt): string[] {
  return [starts.at(-1)?.reason, reason].filter((text) => text !== undefined);
}

/** The exit code of the last container of a run that failed. */
function exitCodeIn(facts: Facts): { readonly exitCode: number; readonly values: Values } | undefined {
  const found = failure(facts);
  const exitCode = facts.run?.story.attempts.at(-1)?.starts.at(-1)?.exitCode;
  return found && exitCode !== undefined && exitCode !== 0 ? { exitCode, values: found.values } : undefined;
}

/** A reason for runs whose execution ended with an error, by the error's name or its cause. */
function byError(pattern: RegExp): Reason['find'] {
  return (facts) => {
    const { error = '', reason = '' } = facts.run?.story ?? {};
    const found = failure(facts);
    return found && pattern.test(`${error}: ${reason}`)
      ? { ...found.values, error, reason: reason || error }
      : undefined;
  };
}

/** A reason for a run that ended with a status. */
function byStatus(status: string): Reason['find'] {
  return (facts) => {
    const { run, job } = facts;
    if (run === undefined || run.story.status !== status) return undefined;
    return { run: run.name, job: job.name, reason: run.story.reason ?? run.story.error ?? 'no reason was given' };
  };
}

const REFUSALS: readonly Reason[] = [
  {
    code: 'refused-queue',
    sentence: '{subject} because its queue accepts no jobs: {reason}',
    fix: 'Deploy again, which enables the queue, and run it again.',
    command: 'deploy',
    find: byError(/^Batch\.\w+: .*(?:job ?queue)/is),
  },
  {
    code: 'refused-definition',
    sentence: '{subject} because its job definition has no active revision: {reason}',
    fix: 'Deploy again, which registers a revision, and run it again.',
    command: 'deploy',
    find: byError(/^Batch\.\w+: .*job ?definition/is),
  },
  {
    code: 'refused-permission',
    sentence: '{subject} because the role of its state machine is not allowed to submit it: {reason}',
    fix: 'Deploy again, which restores the policy of the role. A service control policy must not deny batch:SubmitJob either.',
    command: 'deploy',
    find: byError(
      /^(?:Batch\.AccessDenied|States\.Permissions)|Status Code: 403|AccessDenied|not authorized to perform/,
    ),
  },
  {
    code: 'refused-throttled',
    sentence: '{subject} because AWS Batch refused its submission for about a day: {reason}',
    fix: 'Run it again. AWS Batch accepts 50 submissions a second from an account, so start fewer runs at once.',
    command: 'rerun {run}',
    find: byError(/^Batch\.(?:AWSBatch|TooManyRequests|Server|SdkClient)Exception/),
  },
  {
    code: 'refused',
    sentence: '{subject} because AWS Batch refused it: {reason}',
    fix: 'Correct what the message names, deploy, and run it again.',
    command: 'deploy',
    find: byError(/^Batch\./),
  },
];

/** A run some of whose items failed. */
const ITEMS_REASON: Reason = {
  code: 'items-failed',
  sentence: 'Run {run} failed because {failed} of {items} failed. The first, item {item}: {reason}',
  fix: 'Ask why that item failed. Once the cause is gone, run only the failed items again: batch-jobs rerun {run} --failed.',
  command: 'why {run} --item {item}',
  find: ({ run }) => {
    const { items, status } = run?.story ?? {};
    const [first] = items?.failures ?? [];
    if (run === undefined || items === undefined || first === undefined || status !== 'FAILED') return undefined;
    const failed = formatCount(items.counts.failed);
    return { run: run.name, failed, items: counted(items.count, 'item'), item: first.index, reason: first.reason };
  },
};

/** Why a run has ended. */
export const ENDED_REASONS: readonly Reason[] = [
  ITEMS_REASON,
  ...endReasons(failure),
  ...startReasons(failure),
  {
    code: 'terminated',
    sentence: '{subject} because somebody ended its job in AWS Batch: {reason}',
    fix: 'Run it again.',
    command: 'rerun {run}',
    find: (facts) => {
      const last = facts.run?.story.attempts.at(-1);
      const found = last?.outcome === 'stopped' || last?.outcome === 'canceled' ? failure(facts) : undefined;
      return found && { ...found.values, reason: last?.reason ?? 'no reason was given' };
    },
  },
  ...exitReasons(exitCodeIn),
  ...REFUSALS,
  {
    code: 'state-machine-fault',
    sentence: '{subject} in its state machine ({error}): {reason}',
    fix: 'Deploy again, which restores the definition of the state machine, and run it again.',
    command: 'deploy',
    find: byError(/^States\.(?!TaskFailed|Timeout)/),
  },
  {
    code: 'failed',
    sentence: '{subject}: {reason}',
    fix: 'Read its whole story.',
    command: 'show {run}',
    find: byError(/^/),
  },
  {
    code: 'run-timed-out',
    sentence: 'Run {run} was ended by Step Functions, because it took longer than an execution may.',
    fix: 'Set timeout, so that an attempt ends earlier, and run it again.',
    command: 'rerun {run}',
    find: byStatus('TIMED_OUT'),
  },
  {
    code: 'stopped',
    sentence: 'Run {run} was stopped: {reason}',
    fix: 'Run it again.',
    command: 'rerun {run}',
    find: byStatus('ABORTED'),
  },
  {
    code: 'redrive-pending',
    sentence: 'Run {run} is to be redriven, and has not started again.',
    fix: 'Wait a few seconds, and ask again.',
    command: 'why {run}',
    find: byStatus('PENDING_REDRIVE'),
  },
];

/** A run that had no job. */
export const SKIPPED_REASON: Reason = {
  code: 'skipped',
  sentence: 'Run {run} of {job} was skipped: a limit of the job was reached.',
  fix: 'To let further runs wait instead, set limits.whenExceeded to wait, and deploy. To start the run again, use rerun.',
  command: 'rerun {run}',
  find: (facts) => (facts.run?.story.isSkipped ? byStatus('SUCCEEDED')(facts) : undefined),
};

/** Comes after what keeps further runs from starting. */
export const SUCCEEDED_REASON: Reason = {
  code: 'succeeded',
  sentence: 'Nothing waits: run {run} of {job} succeeded.',
  fix: 'Nothing to do. To start another run, use start.',
  command: 'start {job}',
  find: byStatus('SUCCEEDED'),
};
