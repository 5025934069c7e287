import { reclaimStates } from './reclaim-states';
import type { RetryPlan } from './retry-plan';
import { matchesOneOf, type State, type StateMachineDocument, type Stretch } from './states-language';
import { submissionRounds } from './submission-retries';
import { FAILED, REFUSED, type SubmittedJob, submissionStates } from './submission-states';

/** What a state machine document is made from. Text is taken as it is: whoever writes it into Terraform escapes it. */
export interface StateMachineDocumentInput extends SubmittedJob {
  /** The queue that attempts go to. */
  readonly jobQueueArn: string;
  /** The queue of on-demand capacity; required if the plan falls back to it, and unused otherwise. */
  readonly onDemandJobQueueArn?: string;
}

/**
 * How the detail of a failed job reads when no attempt can do better: its queue cancelled it because no instance can ever
 * hold it, or ECS takes no environment of this size. A quote inside an event is escaped in that text, so that no event
 * can pass for a status reason.
 */
const JOB_INCURABLE = [
  '*"StatusReason":"Canceled by JobStateTimeLimit action due to reason: MISCONFIGURATION:*',
  '*"StatusReason":"MISCONFIGURATION:*',
  '*"StatusReason":"Container Overrides length must be at most *',
];

/**
 * The state machine that runs one job: its attempts, the waits between them, and what becomes of each error.
 *
 * - A job that succeeds at once enters one state; a state entered is what Step Functions charges for.
 * - Attempts are unrolled instead of left to the Task's own `Retry`, because `$$.State.RetryCount` counts throttled
 *   submissions too and would give the container a wrong attempt number.
 * - A submission that was throttled is repeated in a copy of its state, which consumes nothing. The copy exists because
 *   Step Functions names throttling and access denied alike: the first has to be repeated, the second not. So the error is
 *   looked at before the copy is entered, and after each round of its tries.
 * - SubmitJob takes no idempotency token: if Step Functions is throttled while it follows a running job, the same job is
 *   submitted a second time.
 * - The last job's failure ends the execution as it is, uncaught, and so keeps its error and cause by itself.
 * - The job carries the execution's name. A person who starts an execution under a name of their own choice has to keep
 *   to letters, digits, hyphens and underscores, the characters of a Batch job's name.
 * - Size: about 11 KB for each attempt with on-demand fallback, 5.5 KB without. Step Functions takes 1 MB. Where there are
 *   so many attempts that each submission has one round, it is a fifth less.
 *
 * @throws Error when the plan falls back to on-demand capacity and `onDemandJobQueueArn` is missing.
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
  if (submissionRounds(plan) > 1) {
    states[REFUSED] = { Type: 'Fail', ErrorPath: '$.Refusal.Error', CausePath: '$.Refusal.Cause' };
  }
  states[FAILED] = { Type: 'Fail', ErrorPath: '$.Error', CausePath: '$.Cause' };
  return {
    Comment: `Runs one AWS Batch job; attempts: ${plan.maximumAttempts}`,
    StartAt: attemptName(1),
    States: states,
  };
}

/** All states between an attempt's submission and the next attempt's. */
function attemptStates(input: StateMachineDocumentInput, attempt: number): Record<string, State> {
  const { plan, onDemandJobQueueArn } = input;
  const name = attemptName(attempt);
  const repetition = repetitionStates(plan, attempt);
  if (!plan.onDemandFallback || onDemandJobQueueArn === undefined) {
    return {
      ...submissionStates(input, { name, attempt, jobQueueArn: input.jobQueueArn, onJobFailure: repetition.entry }),
      ...repetition.states,
    };
  }
  const onDemand = `${name} on demand`;
  const reclaim = reclaimStates(name, { reclaimed: onDemand, otherwise: repetition.entry ?? FAILED });
  return {
    ...submissionStates(input, { name, attempt, jobQueueArn: input.jobQueueArn, onJobFailure: reclaim.entry }),
    ...reclaim.states,
    ...submissionStates(input, {
      name: onDemand,
      attempt,
      jobQueueArn: onDemandJobQueueArn,
      // Nothing reclaims on-demand capacity: a restart here would repeat a failure without counting it.
      retryStrategy: { Attempts: 1 },
      onJobFailure: repetition.entry,
    }),
    ...repetition.states,
  };
}

/** From a failed attempt to the next one, or to the end if there is no sense in it; none after the last attempt. */
function repetitionStates(plan: RetryPlan, attempt: number): Stretch<string | undefined> {
  if (attempt === plan.maximumAttempts) {
    return { entry: undefined, states: {} };
  }
  const next = attemptName(attempt + 1);
  const seconds = plan.waits[attempt - 1] ?? 0;
  const wait = `Wait before ${next.toLowerCase()}`;
  const proceed = seconds > 0 ? wait : next;
  const entry = `${attemptName(attempt)} failed`;
  return {
    entry,
    states: {
      [entry]: {
        Type: 'Choice',
        Choices: [
          { Variable: '$.Cause', IsPresent: false, Next: proceed },
          { ...matchesOneOf('$.Cause', JOB_INCURABLE), Next: FAILED },
        ],
        Default: proceed,
      },
      ...(seconds > 0 && { [wait]: { Type: 'Wait', Seconds: seconds, Next: next } }),
    },
  };
}

function attemptName(attempt: number): string {
  return `Attempt ${attempt}`;
}
