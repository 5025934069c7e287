/** A state machine in the Amazon States Language (JSONPath). Covers only what this project uses. */
export interface StateMachineDocument {
  readonly Comment: string;
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

export type State =
  | TaskState
  | ServiceTask
  | SubmittedChild
  | ChoiceState
  | PassState
  | WaitState
  | FailState
  | MapState
  | PartState;

/** Submits an AWS Batch job, waits for its end, and ends the execution with the job's detail. */
export interface TaskState {
  readonly Type: 'Task';
  readonly Resource: string;
  readonly Parameters: SubmitJobParameters;
  readonly Retry?: readonly Retrier[];
  /** Undefined if nothing is left to try: the Task's own error then ends the execution. */
  readonly Catch?: readonly Catcher[];
  readonly End: true;
}

/** Submits an AWS Batch job, an array or one of its kind, and waits for its end. The execution goes on after it. */
export interface SubmittedChild {
  readonly Type: 'Task';
  readonly Resource: string;
  readonly Parameters: SubmitJobParameters;
  readonly ResultSelector: { readonly [name: string]: string };
  readonly ResultPath: string;
  readonly Retry?: readonly Retrier[];
  readonly Catch: readonly Catcher[];
  readonly Next: string;
}

/** Runs states once for each item of a list. */
export interface MapState {
  readonly Type: 'Map';
  readonly ItemsPath: string;
  readonly ItemSelector: { readonly [name: string]: string };
  readonly MaxConcurrency: number;
  readonly ItemProcessor: {
    readonly ProcessorConfig: { readonly Mode: 'INLINE' };
    readonly StartAt: string;
    readonly States: Readonly<Record<string, State>>;
  };
  readonly ResultPath: string;
  readonly Next: string;
}

/** Ends the execution with a part of its data. */
export interface PartState {
  readonly Type: 'Pass';
  readonly InputPath: string;
  readonly End: true;
}

/** Calls a service of AWS. */
export interface ServiceTask {
  readonly Type: 'Task';
  readonly Resource: string;
  readonly Parameters: { readonly [name: string]: unknown };
  readonly ResultSelector?: { readonly [name: string]: string };
  /** `null`: the result is dropped. If undefined, it replaces the input. */
  readonly ResultPath?: string | null;
  /** After which a Task that waits for a task token fails. */
  readonly TimeoutSeconds?: number;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
  readonly Next: string;
}

/** The parameters of `batch:submitJob.sync`: those of SubmitJob, with a capital first letter. */
export interface SubmitJobParameters {
  readonly JobDefinition: string;
  readonly JobQueue: string;
  readonly 'JobName.$': string;
  readonly Timeout?: { readonly AttemptDurationSeconds: number };
  readonly RetryStrategy?: { readonly Attempts: number };
  /** Children, 2 to 10,000. @default a plain job */
  readonly ArrayProperties?: { readonly 'Size.$': string };
  readonly ContainerOverrides: {
    readonly Environment: readonly EnvironmentVariable[];
    readonly ResourceRequirements?: readonly { readonly Type: 'MEMORY'; readonly 'Value.$': string }[];
  };
}

export type EnvironmentVariable =
  | { readonly Name: string; readonly Value: string }
  | { readonly Name: string; readonly 'Value.$': string };

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly MaxAttempts: number;
  readonly JitterStrategy?: 'FULL';
}

/** Without a ResultPath, `{ Error, Cause }` replaces the state's input. That works for any input, including an array. */
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

/**
 * Variables of an execution that a state sets, with their values or, as `name.$`, an expression. Unlike the data between states, they
 * outlive a caught error. A path or a function reads one as `$name`.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
 */
export type Variables = Readonly<Record<string, string | number | readonly string[]>>;

export type Condition =
  | { readonly Variable: string; readonly IsPresent: boolean }
  | { readonly Variable: string; readonly StringMatches: string }
  | { readonly Variable: string; readonly StringEquals: string }
  | { readonly Variable: string; readonly NumericEquals: number }
  | { readonly Variable: string; readonly NumericGreaterThanEquals: number }
  | { readonly Variable: string; readonly BooleanEquals: boolean }
  | { readonly And: readonly Condition[] }
  | { readonly Or: readonly Condition[] }
  | { readonly Not: Condition };

export type PassState =
  | ({
      readonly Type: 'Pass';
      readonly Parameters: Readonly<Record<string, string | number>>;
      /** If undefined, the parameters replace the input. */
      readonly ResultPath?: string;
    } & ({ readonly Next: string } | { readonly End: true }))
  | AssignState;

/** Sets variables, and leaves the data as they are. */
export interface AssignState {
  readonly Type: 'Pass';
  readonly Assign: Variables;
  readonly Next: string;
}

export type WaitState =
  | { readonly Type: 'Wait'; readonly Seconds: number; readonly Next: string }
  | { readonly Type: 'Wait'; readonly SecondsPath: string; readonly Next: string };

/** Ends the execution with the latest error and cause. */
export interface FailState {
  readonly Type: 'Fail';
  readonly ErrorPath: string;
  readonly CausePath: string;
}

/** Some states, and the first one to enter. */
export interface StateFragment<Entry extends string | undefined = string> {
  readonly entry: Entry;
  readonly states: Readonly<Record<string, State>>;
}

/** True if the string at the path matches one of the patterns. `*` matches any number of characters. */
export function matchesOneOf(path: string, patterns: readonly string[]): Condition {
  const conditions = patterns.map((pattern) => ({ Variable: path, StringMatches: pattern }));
  const [only] = conditions;
  return conditions.length === 1 && only ? only : { Or: conditions };
}
