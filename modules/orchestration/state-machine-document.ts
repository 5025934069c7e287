import { OUT_OF_MEMORY, STATUS_REASONS } from '../rules/job-ends';
import { memoryStates } from './memory-states';
import type { PlaceNeeded } from './place-states';
import { reclaimStates } from './reclaim-states';
import { attemptName, FAILED, failureName, onDemandName, REFUSED, waitName } from './state-names';
import { matchesOneOf, type State, type StateFragment, type StateMachineDocument } from './states-language';
import { roundsOf, type SubmittedJob, submissionEntry, submissionStates } from './submission-states';

/** Input of a state machine document. Strings are used as they are: the caller escapes them for Terraform. */
export interface StateMachineDocumentInput extends SubmittedJob {
  /** The queue that attempts are submitted to. */
  readonly jobQueueArn: string;
  /** The queue of on-demand capacity. Required if the plan falls back to it, otherwise unused. */
  readonly onDemandJobQueueArn?: string;
  /** What a run needs before its first attempt. @default nothing */
  readonly place?: PlaceNeeded;
}

/**
 * Patterns for the detail of a failed job that no further attempt can fix: its queue canceled it because no instance can ever run it, or
 * ECS rejects an environment of this size. A quote inside an event is escaped in the detail, so an event cannot imitate a status reason.
 */
const JOB_INCURABLE = [
  `*"StatusReason":"${STATUS_REASONS.canceled}${STATUS_REASONS.misconfigured}*`,
  `*"StatusReason":"${STATUS_REASONS.misconfigured}*`,
  `*"StatusReason":"${STATUS_REASONS.oversized}*`,
];

/** Pattern for the detail of a job whose container was killed for memory. */
const KILLED_FOR_MEMORY = `*"Reason":"${OUT_OF_MEMORY}*`;

/**
 * The state machine that runs one job: its attempts, the waits between them, and the handling of each error.
 *
 * - A job that succeeds at once enters one state, or two if a function writes its connection strings before. Step Functions charges per
 *   state transition.
 * - Each attempt has its own states instead of the Task's own `Retry`, because `$$.State.RetryCount` also counts throttled
 *   submissions and would give the container a wrong attempt number.
 * - A throttled submission is repeated in a copy of its state, which uses up no attempt. Step Functions reports throttling and
 *   access denied under the same name, but only throttling is worth a retry. So a state checks the error before the copy and
 *   after each round of its tries.
 * - SubmitJob has no idempotency token. If Step Functions is throttled while it polls a running job, it submits the same job
 *   again.
 * - The last job's failure ends the execution uncaught, and so keeps its error and cause.
 * - The job has the name of the execution. A name that a person chooses must consist of letters, digits, hyphens and
 *   underscores, the characters of AWS Batch job names.
 * - A job that gets more memory after an attempt that was killed for it carries it in variables, which a caught error doesn't replace.
 *   Each submission after the first attempt overrides the job definition's memory, also one that is repeated or moves to on-demand capacity.
 * - Size: about 11 KB per attempt with on-demand fallback, 5.5 KB without. The maximum of Step Functions is 1 MB. With so many
 *   attempts that each submission has one round, it is 20% less.
 *
 * @throws Error if the plan falls back to on-demand capacity and `onDemandJobQueueArn` is missing.
 */
export function stateMachineDocument(input: StateMachineDocumentInput): StateMachineDocument {
  const { plan } = input;
  if (plan.onDemandFallback && input.onDemandJobQueueArn === undefined) {
    throw new Error(
      'The retry plan falls back to on-demand capacity (spotInterruption.thenOnDemand), but onDemandJobQueueArn is ' +
        'missing: pass the ARN of an on-demand job queue, or a plan without the fallback.',
    );
  }
  const states: Record<string, State> = {};
  for (let attempt = 1; attempt <= plan.maximumAttempts; attempt++) {
    Object.assign(states, attemptStates(input, attempt));
  }
  if (roundsOf(input) > 1) {
    states[REFUSED] = { Type: 'Fail', ErrorPath: '$.Refusal.Error', CausePath: '$.Refusal.Cause' };
  }
  states[FAILED] = { Type: 'Fail', ErrorPath: '$.Error', CausePath: '$.Cause' };
  const first = submissionEntry(input, attemptName(1));
  const place = input.place && placeParts().placeStates(input.place, input.partition ?? 'aws', first);
  return {
    Comment: `Runs one AWS Batch job; attempts: ${plan.maximumAttempts}`,
    StartAt: place?.entry ?? first,
    States: { ...place?.states, ...states },
  };
}

/** Loaded only for a job with limits. */
function placeParts() {
  return require('./place-states') as typeof import('./place-states');
}

/** All states from an attempt's submission to the next attempt. */
function attemptStates(input: StateMachineDocumentInput, attempt: number): Record<string, State> {
  const { plan, onDemandJobQueueArn } = input;
  const name = attemptName(attempt);
  const repetition = repetitionStates(input, attempt);
  if (!plan.onDemandFallback || onDemandJobQueueArn === undefined) {
    return {
      ...submissionStates(input, { name, attempt, jobQueueArn: input.jobQueueArn, onJobFailure: repetition.entry }),
      ...repetition.states,
    };
  }
  const onDemand = onDemandName(name);
  const reclaim = reclaimStates(name, {
    reclaimed: submissionEntry(input, onDemand),
    otherwise: repetition.entry ?? FAILED,
  });
  return {
    ...submissionStates(input, { name, attempt, jobQueueArn: input.jobQueueArn, onJobFailure: reclaim.entry }),
    ...reclaim.states,
    ...submissionStates(input, {
      name: onDemand,
      attempt,
      jobQueueArn: onDemandJobQueueArn,
      // On-demand capacity isn't interrupted: a restart here would repeat a failure without counting it.
      retryStrategy: { Attempts: 1 },
      onJobFailure: repetition.entry,
    }),
    ...repetition.states,
  };
}

/** From a failed attempt to the next one, or to the end if a retry cannot help. None after the last attempt. */
function repetitionStates(input: StateMachineDocumentInput, attempt: number): StateFragment<string | undefined> {
  const { plan } = input;
  if (attempt === plan.maximumAttempts) {
    return { entry: undefined, states: {} };
  }
  const attempted = attemptName(attempt + 1);
  const next = submissionEntry(input, attempted);
  const seconds = plan.waits[attempt - 1] ?? 0;
  const wait = waitName(attempted);
  const proceed = seconds > 0 ? wait : next;
  const entry = failureName(attemptName(attempt));
  const name = attemptName(attempt);
  const memory =
    plan.memoryLevels && memoryStates(plan.memoryLevels, { number: attempt, name, of: plan.maximumAttempts }, proceed);
  const otherwise = memory?.otherwise ?? proceed;
  return {
    entry,
    states: {
      [entry]: {
        Type: 'Choice',
        Choices: [
          { Variable: '$.Cause', IsPresent: false, Next: otherwise },
          { ...matchesOneOf('$.Cause', JOB_INCURABLE), Next: FAILED },
          ...(memory === undefined ? [] : [{ ...matchesOneOf('$.Cause', [KILLED_FOR_MEMORY]), Next: memory.killed }]),
        ],
        Default: otherwise,
      },
      ...memory?.states,
      ...(seconds > 0 && { [wait]: { Type: 'Wait', Seconds: seconds, Next: next } }),
    },
  };
}
