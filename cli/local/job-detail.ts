import type { JobRetryStrategy } from '../../modules/orchestration/retry-plan';
import type { LocalContainer } from './local-container';
import type { TaskOutcome } from './state-machine/interpreter';
import type { Json } from './state-machine/json-value';

/** How a job's container ended, as AWS Batch stores it. */
export interface JobRun {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly stoppedAt: number;
  readonly statusReason: string;
  readonly exitCode?: number;
  /** Why a container could not start, in the words of the ECS agent. */
  readonly reason?: string;
}

export interface JobDetailInput {
  readonly id: string;
  readonly name: string;
  readonly definition: string;
  readonly queue: string;
  readonly createdAt: number;
  readonly container: LocalContainer;
  readonly environment: Readonly<Record<string, string>>;
  /** MiB that the container had. */
  readonly memory: number;
  readonly retry: JobRetryStrategy | undefined;
  readonly timeoutSeconds: number | undefined;
  readonly runs: readonly JobRun[];
  readonly succeeded: boolean;
}

/**
 * A job's detail as `batch:submitJob.sync` returns it: that of DescribeJobs, with keys that begin with a capital letter.
 *
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_JobDetail.html
 */
export function jobDetail(input: JobDetailInput): Json {
  const { id, container, retry, runs, timeoutSeconds } = input;
  const last = runs.at(-1);
  return {
    Attempts: runs.map((run) => ({
      Container: ended(run),
      StartedAt: run.startedAt,
      StatusReason: run.statusReason,
      StoppedAt: run.stoppedAt,
    })),
    Container: {
      Command: container.command ?? [],
      Environment: Object.entries(input.environment).map(([Name, Value]) => ({ Name, Value })),
      Image: container.image,
      ResourceRequirements: [{ Type: 'MEMORY', Value: String(input.memory) }],
      ...(last && ended(last)),
    },
    CreatedAt: input.createdAt,
    DependsOn: [],
    IsCancelled: false,
    IsTerminated: false,
    JobDefinition: input.definition,
    JobId: id,
    JobName: input.name,
    JobQueue: input.queue,
    RetryStrategy: { Attempts: retry?.attempts ?? 1 },
    ...(last && { StartedAt: last.startedAt, StatusReason: last.statusReason, StoppedAt: last.stoppedAt }),
    Status: input.succeeded ? 'SUCCEEDED' : 'FAILED',
    ...(timeoutSeconds !== undefined && { Timeout: { AttemptDurationSeconds: timeoutSeconds } }),
  };
}

/** The detail of a failed job as the state machine gets it: https://docs.aws.amazon.com/step-functions/latest/dg/connect-batch.html */
export function failedJob(detail: Json): TaskOutcome {
  return { error: 'States.TaskFailed', cause: JSON.stringify(detail) };
}

function ended({ exitCode, reason }: JobRun): { readonly [key: string]: Json } {
  return {
    ...(exitCode !== undefined && { ExitCode: exitCode }),
    ...(reason !== undefined && { Reason: reason }),
    LogStreamName: 'local',
  };
}
