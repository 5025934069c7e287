import type { EarlierRun } from '../model/earlier-run';
import type { ItemCounts, RunItems } from '../model/run';
import type { JobResources } from '../run-report/batch-job';

/** How a run is. The names are those of Step Functions. */
export type RunStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'PENDING_REDRIVE';

/** The story of a run, as far as it has happened: from the history of its execution, since AWS Batch forgets jobs. */
export interface RunStory {
  readonly executionArn: string;
  /** Name of the execution. */
  readonly name: string;
  readonly status: RunStatus;
  readonly started: Date;
  readonly ended?: Date;
  readonly event: RunEvent;
  /** In the order of their submissions. */
  readonly attempts: readonly RunAttempt[];
  /** Waits for a place, between attempts, and before a submission that was throttled is repeated. */
  readonly waits: readonly RunWait[];
  /** The error's name that the execution ended with, such as `States.TaskFailed`. */
  readonly error?: string;
  /** Why it ended so, as text: for a failed job its status reason and exit code, not the job as JSON. */
  readonly reason?: string;
  /** What the execution ended with, as Step Functions has it: for a failed job its detail as JSON. */
  readonly cause?: string;
  /** Whether it ended without a job, because a limit of the job was reached. */
  readonly isSkipped?: boolean;
  /** Its items, if its job has `forEach` and they were counted. */
  readonly items?: RunItems;
  /** Set if this is not the story of the whole run, but that of the item with this index: its attempts are the item's own. */
  readonly item?: number;
}

/** The event that a run got. */
export interface RunEvent {
  /**
   * What sent it, in the words of the config: `schedule`, `s3`, `sqs` and so on; `by hand` if the run was started without the trigger
   * function, `custom` if the event has the shape of no source. Undefined for a stored event that was not read.
   */
  readonly source?: string;
  /** The run of another job whose end the event is. Undefined for other events, and for a stored one that was not read. */
  readonly earlier?: EarlierRun;
  /** Size of the whole event in bytes, also if it is stored. */
  readonly bytes: number;
  /** Where a large event is stored. */
  readonly s3Uri?: string;
  /** SHA-256 of a large event, in lower-case hexadecimal. */
  readonly sha256?: string;
  /** Name of the run of whose items this one repeats those that failed. */
  readonly failedItemsOf?: string;
  /** The execution's input, which is the event or the reference to it. */
  readonly input: string;
}

/** One attempt of a run: a submission to AWS Batch, with the starts of its container. */
export interface RunAttempt {
  /** From 1. An attempt that goes on with on-demand capacity is a further entry with the same number. */
  readonly number: number;
  readonly maximum: number;
  /** Whether it has left Spot capacity. */
  readonly onDemand: boolean;
  /** Times that AWS Batch refused the submission. */
  readonly refusals: number;
  /** When the state machine began to submit it. */
  readonly begun: Date;
  /** ID of the job in AWS Batch. Undefined if the submission was never accepted. */
  readonly jobId?: string;
  readonly queueArn?: string;
  /** When AWS Batch accepted it, and its time in the queue began. */
  readonly submitted?: Date;
  readonly ended?: Date;
  /**
   * Undefined while it runs or waits in the queue. `interrupted`: the Spot instance was taken, more often than AWS Batch restarts the job.
   * `refused`: AWS Batch did not accept the job. `stopped`: somebody terminated the job or stopped the execution.
   */
  readonly outcome?: AttemptOutcome;
  /** Status reason of the job in AWS Batch, or why it was refused. */
  readonly reason?: string;
  /** Status in AWS Batch, of a job that runs: `RUNNABLE`, `STARTING`, `RUNNING` and so on. Known only with AWS Batch's help. */
  readonly batchStatus?: string;
  /** Undefined if AWS Batch forgot the job before it ended. */
  readonly resources?: JobResources;
  /** MiB that the submission asked for instead of the job definition's. */
  readonly memory?: number;
  /** Empty for an array, whose children have their own. */
  readonly starts: readonly ContainerStart[];
  /** The children of an array, of a run with items. Such a run has an entry for each array of an attempt. */
  readonly array?: AttemptArray;
}

/** One array job of an attempt. */
export interface AttemptArray {
  /** How many children it has. With one, it is a plain job in AWS Batch. */
  readonly size: number;
  /** `s3://` URI of the object that says which item each child has. */
  readonly indexUri: string;
  /** Undefined if AWS Batch forgot the array before it ended. */
  readonly counts?: ItemCounts;
}

export type AttemptOutcome = 'succeeded' | 'failed' | 'timed-out' | 'canceled' | 'interrupted' | 'refused' | 'stopped';

/** One start of a container. AWS Batch starts one again after a Spot interruption, within the same attempt. */
export interface ContainerStart {
  /** From 1. */
  readonly number: number;
  /** When the wait for this start began: the submission, or the end of the start before. */
  readonly queued?: Date;
  readonly started?: Date;
  readonly stopped?: Date;
  readonly exitCode?: number;
  /** Reason of the container or of the host, such as `Host EC2 (instance i-...) terminated.` */
  readonly reason?: string;
  /** Whether it ended because the Spot instance was taken. */
  readonly isReclaim: boolean;
  readonly logStream?: string;
  /** As ECS names it. */
  readonly containerInstanceArn?: string;
  /** Known while ECS knows the instance. */
  readonly instanceType?: string;
  /** Known while ECS knows the instance. */
  readonly zone?: string;
}

/** A wait of the state machine. `place`: a limit of the job is reached. */
export interface RunWait {
  readonly kind: 'retry' | 'throttled' | 'place';
  readonly from: Date;
  /** Undefined while it lasts. */
  readonly to?: Date;
  /** Attempt that comes after it. */
  readonly before: number;
  /** How many runs are ahead of it in line, while it waits for a place. Undefined if that is unknown. */
  readonly ahead?: number;
}
