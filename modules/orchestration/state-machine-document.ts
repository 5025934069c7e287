import type { RetryPlan } from './retry-plan';
import { SUBMISSION_RETRIES, submissionRounds } from './submission-retries';

/** What a state machine document is made from. Text is taken as it is: whoever writes it into Terraform escapes it. */
export interface StateMachineDocumentInput {
  /** How the job is repeated. */
  readonly plan: RetryPlan;
  /**
   * The job definition's ARN without its revision. AWS Batch then takes the latest active one at each submission, so that
   * a deployment in the middle of a run never leaves the next attempt with a revision that is gone.
   */
  readonly jobDefinitionArn: string;
  /** The queue that attempts go to. */
  readonly jobQueueArn: string;
  /** The queue of on-demand capacity; required if the plan falls back to it, and unused otherwise. */
  readonly onDemandJobQueueArn?: string;
  /**
   * The AWS partition of the Step Functions integration: `aws`, `aws-cn`, `aws-us-gov`.
   * @default 'aws'
   */
  readonly partition?: string;
}

/** A state machine in the Amazon States Language (JSONPath), as far as this project makes use of it. */
export interface StateMachineDocument {
  readonly Comment: string;
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

export type State = TaskState | ChoiceState | PassState | WaitState | FailState;

/** Submits a Batch job, waits for its end, and ends the execution with the job's detail. */
export interface TaskState {
  readonly Type: 'Task';
  readonly Resource: string;
  readonly Parameters: SubmitJobParameters;
  readonly Retry?: readonly Retrier[];
  /** Missing where nothing is left to try: then the Task's own error ends the execution. */
  readonly Catch?: readonly Catcher[];
  readonly End: true;
}

/** The parameters of `batch:submitJob.sync`: SubmitJob's own, their names beginning with a capital letter. */
export interface SubmitJobParameters {
  readonly JobDefinition: string;
  readonly JobQueue: string;
  readonly 'JobName.$': string;
  readonly Timeout?: { readonly AttemptDurationSeconds: number };
  readonly RetryStrategy?: { readonly Attempts: number };
  readonly ContainerOverrides: { readonly Environment: readonly EnvironmentVariable[] };
}

export type EnvironmentVariable =
  | { readonly Name: string; readonly Value: string }
  | { readonly Name: string; readonly 'Value.$': string };

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly BackoffRate: number;
  readonly MaxDelaySeconds: number;
  readonly MaxAttempts: number;
  readonly JitterStrategy: 'FULL';
}

/** Without a ResultPath the state's input is replaced by `{ Error, Cause }`, which any input allows, an array too. */
export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly ResultPath?: string;
  readonly Next: string;
}

export interface ChoiceState {
  readonly Type: 'Choice';
  readonly Choices: readonly (Condition & { readonly Next: string })[];
  readonly Default: string;
}

export type Condition =
  | { readonly Variable: string; readonly IsPresent: boolean }
  | { readonly Variable: string; readonly StringMatches: string }
  | { readonly Variable: string; readonly NumericEquals: number }
  | { readonly Variable: string; readonly NumericGreaterThanEquals: number }
  | { readonly Variable: string; readonly BooleanEquals: boolean }
  | { readonly And: readonly Condition[] }
  | { readonly Or: readonly Condition[] }
  | { readonly Not: Condition };

export interface PassState {
  readonly Type: 'Pass';
  readonly Parameters: Readonly<Record<string, string | number>>;
  readonly Next: string;
}

export type WaitState =
  | { readonly Type: 'Wait'; readonly Seconds: number; readonly Next: string }
  | { readonly Type: 'Wait'; readonly SecondsPath: string; readonly Next: string };

/** Ends the execution with the error and cause of what went wrong last. */
export interface FailState {
  readonly Type: 'Fail';
  readonly ErrorPath: string;
  readonly CausePath: string;
}

/** The state for an error that was looked at first, to find that nothing is left to try. */
const FAILED = 'Failed';

/** The state for a submission that was refused in every round, or for good. */
const REFUSED = 'Submission refused';

/**
 * Batch's API errors that pass with time and consume no attempt. The last is the name under which Step Functions reports every API error
 * of Batch without a name of its own: throttling, but access denied as well.
 */
const BUSY_ERRORS = [
  'Batch.ServerException',
  'Batch.SdkClientException',
  'Batch.TooManyRequestsException',
  'Batch.AWSBatchException',
];

/** Errors that the next attempt would meet again. */
const INCURABLE_ERRORS = [
  'Batch.ClientException',
  'Batch.AccessDeniedException',
  'States.Permissions',
  'States.ParameterPathFailure',
  'States.IntrinsicFailure',
];

/** How an unspecific error reads when it is not throttling but a missing permission. */
const REFUSED_FOR_GOOD = ['*Status Code: 403*', '*AccessDenied*', '*not authorized to perform*'];

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

/** 128 + 15: what a container's process returns when it ends on SIGTERM. */
const EXIT_ON_SIGTERM = 143;

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

interface Submission {
  readonly name: string;
  readonly attempt: number;
  readonly jobQueueArn: string;
  readonly retryStrategy?: { readonly Attempts: number };
  /** The state for a job that was submitted and did not succeed; undefined ends the execution with the job's error. */
  readonly onJobFailure: string | undefined;
}

/** One job submitted and followed to its end, and submitted again as long as Batch is too busy to take it. */
function submissionStates(input: StateMachineDocumentInput, submission: Submission): Record<string, State> {
  const { name, onJobFailure } = submission;
  const refused = `${name}, submission refused`;
  const draw = `${name}, draw a delay`;
  const delay = `${name}, delay`;
  const resubmitted = `${name}, resubmitted`;
  const again = `${name}, refused again`;
  const nextRound = `${name}, next round`;
  const rounds = submissionRounds(input.plan);
  const task = (retry: readonly Retrier[], catchers: readonly Catcher[]): TaskState => ({
    Type: 'Task',
    Resource: `arn:${input.partition ?? 'aws'}:states:::batch:submitJob.sync`,
    Parameters: submitJobParameters(input, submission),
    ...(retry.length > 0 && { Retry: retry }),
    ...(catchers.length > 0 && { Catch: catchers }),
    End: true,
  });
  // A submission that could not be made in all its tries is no attempt of the job: the execution ends with that error.
  const onFailure = (givenUp: readonly string[]): Catcher[] =>
    onJobFailure === undefined
      ? []
      : [
          { ErrorEquals: givenUp, Next: FAILED },
          { ErrorEquals: ['States.ALL'], Next: onJobFailure },
        ];
  const retry = { ErrorEquals: BUSY_ERRORS, ...SUBMISSION_RETRIES.round };
  const { firstDelay } = SUBMISSION_RETRIES;
  // The end of the range is not in it.
  const seconds = `States.MathRandom(${firstDelay.min}, ${firstDelay.max + 1})`;
  return {
    [name]: task([], [{ ErrorEquals: BUSY_ERRORS, Next: refused }, ...onFailure(INCURABLE_ERRORS)]),
    [refused]: {
      Type: 'Choice',
      Choices: [
        { Variable: '$.Cause', IsPresent: false, Next: draw },
        { ...matchesOneOf('$.Cause', REFUSED_FOR_GOOD), Next: FAILED },
      ],
      Default: draw,
    },
    [draw]: { Type: 'Pass', Parameters: { 'Seconds.$': seconds, ...(rounds > 1 && { Round: 1 }) }, Next: delay },
    [delay]: { Type: 'Wait', SecondsPath: '$.Seconds', Next: resubmitted },
    ...(rounds === 1
      ? { [resubmitted]: task([retry], onFailure([...INCURABLE_ERRORS, ...BUSY_ERRORS])) }
      : {
          [resubmitted]: task(
            [retry],
            [{ ErrorEquals: BUSY_ERRORS, ResultPath: '$.Refusal', Next: again }, ...onFailure(INCURABLE_ERRORS)],
          ),
          [again]: {
            Type: 'Choice',
            Choices: [
              { Variable: '$.Round', NumericGreaterThanEquals: rounds, Next: REFUSED },
              { Variable: '$.Refusal.Cause', IsPresent: false, Next: nextRound },
              { ...matchesOneOf('$.Refusal.Cause', REFUSED_FOR_GOOD), Next: REFUSED },
            ],
            Default: nextRound,
          },
          [nextRound]: {
            Type: 'Pass',
            Parameters: { 'Seconds.$': seconds, 'Round.$': 'States.MathAdd($.Round, 1)' },
            Next: delay,
          },
        }),
  };
}

function submitJobParameters(input: StateMachineDocumentInput, submission: Submission): SubmitJobParameters {
  const { plan } = input;
  return {
    JobDefinition: input.jobDefinitionArn,
    JobQueue: submission.jobQueueArn,
    'JobName.$': '$$.Execution.Name',
    ...(plan.timeoutSeconds !== undefined && { Timeout: { AttemptDurationSeconds: plan.timeoutSeconds } }),
    ...(submission.retryStrategy && { RetryStrategy: submission.retryStrategy }),
    ContainerOverrides: {
      Environment: [
        // From the context object, not from `$`: it is the event in every attempt, after errors too, whatever JSON it is.
        { Name: 'STP_TRIGGER_EVENT_DATA', 'Value.$': 'States.JsonToString($$.Execution.Input)' },
        { Name: 'STP_MAXIMUM_ATTEMPTS', Value: String(plan.maximumAttempts) },
        { Name: 'STP_CURRENT_ATTEMPT', Value: String(submission.attempt) },
      ],
    },
  };
}

/** Some states, and the one to enter them by. */
interface Stretch<Entry extends string | undefined = string> {
  readonly entry: Entry;
  readonly states: Readonly<Record<string, State>>;
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

/**
 * Was the job's last end a Spot reclaim, after Batch had no free restart left?
 *
 * The cause's text also holds the ends of earlier restarts, so the answer needs the parsed job. Text that is no JSON
 * would fail the execution in States.StringToJson and hide the real error, hence the first look at its shape.
 */
function reclaimStates(name: string, next: { readonly reclaimed: string; readonly otherwise: string }): Stretch {
  const entry = `${name}, was it reclaimed`;
  const read = `${name}, read the job`;
  const decide = `${name}, decide`;
  return {
    entry,
    states: {
      [entry]: {
        Type: 'Choice',
        Choices: [
          { Variable: '$.Cause', IsPresent: false, Next: next.otherwise },
          {
            And: [
              matchesOneOf('$.Cause', ['{*"StatusReason":*}']),
              matchesOneOf('$.Cause', ['*"StatusReason":"Host EC2*', `*"ExitCode":${EXIT_ON_SIGTERM}*`]),
            ],
            Next: read,
          },
        ],
        Default: next.otherwise,
      },
      [read]: {
        Type: 'Pass',
        Parameters: { 'Error.$': '$.Error', 'Cause.$': '$.Cause', 'Job.$': 'States.StringToJson($.Cause)' },
        Next: decide,
      },
      [decide]: {
        Type: 'Choice',
        Choices: [
          { Variable: '$.Job.StatusReason', IsPresent: false, Next: next.otherwise },
          { Variable: '$.Job.StatusReason', StringMatches: 'Host EC2*', Next: next.reclaimed },
          {
            // A timeout and a person who terminates the job send SIGTERM as well.
            And: [
              { Variable: '$.Job.Container.ExitCode', IsPresent: true },
              { Variable: '$.Job.Container.ExitCode', NumericEquals: EXIT_ON_SIGTERM },
              {
                Not: { Variable: '$.Job.StatusReason', StringMatches: 'Job attempt duration exceeded timeout*' },
              },
              {
                Not: {
                  And: [
                    { Variable: '$.Job.IsTerminated', IsPresent: true },
                    { Variable: '$.Job.IsTerminated', BooleanEquals: true },
                  ],
                },
              },
            ],
            Next: next.reclaimed,
          },
        ],
        Default: next.otherwise,
      },
    },
  };
}

function matchesOneOf(path: string, patterns: readonly string[]): Condition {
  const conditions = patterns.map((pattern) => ({ Variable: path, StringMatches: pattern }));
  const [only] = conditions;
  return conditions.length === 1 && only ? only : { Or: conditions };
}

function attemptName(attempt: number): string {
  return `Attempt ${attempt}`;
}
