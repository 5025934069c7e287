import type { JobRetryStrategy } from '../../modules/orchestration/retry-plan';
import type { Outcome } from '../run-report/progress-event';
import {
  type ContainerSetting,
  type EndedRun,
  EXITED,
  type JobContainer,
  NOT_STARTED,
  runContainer,
  TIMED_OUT,
} from './container-run';
import { restarts } from './exit-rules';
import type { EndedChild } from './items/ended-jobs';
import type { ChildEnd } from './items/progress';
import { type JobRun, jobDetail } from './job-detail';
import { secondsOf } from './seconds';
import type { Json } from './state-machine/json-value';

/** The parameters of `batch:submitJob.sync` that this project's state machines pass. */
export interface SubmitJob {
  readonly JobDefinition: string;
  readonly JobQueue: string;
  readonly JobName: string;
  readonly Timeout?: { readonly AttemptDurationSeconds: number };
  readonly RetryStrategy?: { readonly Attempts: number };
  readonly ArrayProperties?: { readonly Size: number };
  readonly ContainerOverrides: {
    readonly Environment: readonly { readonly Name: string; readonly Value: string }[];
    readonly ResourceRequirements?: readonly { readonly Type: 'MEMORY'; readonly Value: string }[];
  };
}

/** The variables of a submission. */
export function overridesOf({ ContainerOverrides: { Environment } }: SubmitJob): Readonly<Record<string, string>> {
  return Object.fromEntries(Environment.map(({ Name, Value }) => [Name, Value]));
}

/** What the jobs of one execution have in common. */
export interface JobSetting extends ContainerSetting {
  /** The job definition's retry strategy. */
  readonly retry: JobRetryStrategy | undefined;
  /** Names of queues by their ARNs. @default the end of the ARN */
  readonly queueNames?: ReadonlyMap<string, string>;
  /** Variables in addition to those of the job definition and the state machine. @default none */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Which of a submission's jobs this is. */
export interface JobPlace extends Pick<JobContainer, 'item' | 'output'> {
  readonly id: string;
  /** Its place in an array. Undefined for a plain job. */
  readonly child?: { readonly number: number; readonly size: number };
  readonly onDemand: boolean;
}

/** How a job ended. */
export interface EndedJob {
  readonly succeeded: boolean;
  /** As the state machine gets it. */
  readonly detail: Json;
  /** What the report says of it. */
  readonly end: Omit<ChildEnd, 'item' | 'attempt'>;
  /** What AWS Batch says of its last container. */
  readonly last: EndedChild;
}

/** One job, or a child of an array, with the restarts that are AWS Batch's own. */
export class SubmittedJob {
  private readonly overrides: Readonly<Record<string, string>>;
  private readonly environment: Readonly<Record<string, string>>;
  private readonly attempt: string;
  private readonly memory: number;
  private readonly retry: JobRetryStrategy | undefined;
  private readonly timeoutSeconds: number | undefined;
  /** The progress of all children is told instead of each container's. */
  private readonly isTold: boolean;

  constructor(
    private readonly setting: JobSetting,
    private readonly job: SubmitJob,
    private readonly place: JobPlace,
  ) {
    const { container, faults } = setting;
    this.overrides = overridesOf(job);
    this.environment = { ...container.environment, ...this.overrides };
    this.attempt = this.overrides.STP_CURRENT_ATTEMPT ?? '1';
    this.memory = Number(job.ContainerOverrides.ResourceRequirements?.[0]?.Value ?? container.memory);
    this.retry =
      job.RetryStrategy === undefined ? setting.retry : { attempts: job.RetryStrategy.Attempts, evaluateOnExit: [] };
    this.timeoutSeconds = faults.timeoutAfter ?? job.Timeout?.AttemptDurationSeconds;
    this.isTold = place.item === undefined;
  }

  /**
   * Runs its containers, one after another, until AWS Batch would not restart it.
   *
   * @throws UsageError if there is no container for it
   */
  async run(): Promise<EndedJob> {
    const { report, faults } = this.setting;
    const { attempt, retry, isTold } = this;
    const createdAt = Date.now();
    const runs: JobRun[] = [];
    for (;;) {
      const ended = await this.start(runs.length + 1);
      const { run, sinceSignal } = ended;
      faults.attempts.add(attempt);
      runs.push(run);
      const succeeded = run.exitCode === 0 && run.statusReason === EXITED;
      const isTimedOut = run.statusReason === TIMED_OUT;
      // AWS Batch doesn't restart a job after its timeout: https://docs.aws.amazon.com/batch/latest/userguide/job_timeouts.html
      const isRestarted = !succeeded && retry !== undefined && !isTimedOut && restarts(retry, runs.length, run);
      const end = this.endOf(ended, succeeded, isRestarted);
      if (isTold) report.tell({ type: 'exit', attempt, ...end, ...(sinceSignal !== undefined && { sinceSignal }) });
      if (!isRestarted) {
        const { statusReason, exitCode, reason } = run;
        const last = { succeeded, statusReason, exitCode, reason };
        return { succeeded, detail: this.detail(createdAt, runs, succeeded), end, last };
      }
      if (isTold) report.tell({ type: 'restart', run: runs.length + 1 });
    }
  }

  /** @param number of the container start, from 1 */
  private start(number: number): Promise<EndedRun> {
    const { attempt, memory, timeoutSeconds, setting, place } = this;
    const { onDemand, item, output } = place;
    const maximumAttempts = this.overrides.STP_MAXIMUM_ATTEMPTS;
    const by = setting.source.description;
    if (this.isTold)
      setting.report.tell({ type: 'container', attempt, maximumAttempts, run: number, onDemand, by, memory });
    const environment = { ...this.environment, ...this.batchVariables(number), ...setting.environment };
    return runContainer(setting, { environment, memory, attempt, timeoutSeconds, item, output });
  }

  /** The variables that AWS Batch sets: https://docs.aws.amazon.com/batch/latest/userguide/job_env_vars.html */
  private batchVariables(number: number): Record<string, string> {
    const { id, child } = this.place;
    const { JobQueue } = this.job;
    return {
      AWS_BATCH_JOB_ID: id,
      AWS_BATCH_JOB_ATTEMPT: String(number),
      AWS_BATCH_JQ_NAME: this.setting.queueNames?.get(JobQueue) ?? JobQueue.split('/').at(-1) ?? '',
      AWS_BATCH_CE_NAME: 'local',
      ...(child !== undefined && {
        AWS_BATCH_JOB_ARRAY_INDEX: String(child.number),
        AWS_BATCH_JOB_ARRAY_SIZE: String(child.size),
      }),
    };
  }

  private endOf({ run, hint, wasInterrupted }: EndedRun, succeeded: boolean, isRestarted: boolean): EndedJob['end'] {
    const hasSpotRules = this.retry !== undefined && this.retry.evaluateOnExit.length > 0;
    const isInterrupted = isRestarted || (wasInterrupted === true && hasSpotRules);
    return {
      outcome: outcomeOf(run, succeeded, isInterrupted),
      exitCode: run.exitCode ?? null,
      reason: [run.statusReason, ...(run.reason === undefined ? [] : [run.reason])].join(': '),
      seconds: secondsOf(run.stoppedAt - run.startedAt),
      ...(hint !== undefined && { hint }),
    };
  }

  private detail(createdAt: number, runs: readonly JobRun[], succeeded: boolean): Json {
    const { environment, memory, retry, timeoutSeconds } = this;
    const { id } = this.place;
    const { container } = this.setting;
    const { JobDefinition: definition, JobQueue: queue, JobName: name } = this.job;
    const job = { id, name, definition, queue, createdAt };
    return jobDetail({ ...job, container, environment, memory, retry, timeoutSeconds, runs, succeeded });
  }
}

function outcomeOf({ statusReason }: JobRun, succeeded: boolean, interrupted: boolean): Outcome {
  if (succeeded) return 'succeeded';
  if (interrupted) return 'interrupted';
  if (statusReason === TIMED_OUT) return 'timed-out';
  return statusReason === NOT_STARTED ? 'not-started' : 'failed';
}
