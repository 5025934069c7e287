import type { ItemFailure } from '../../modules/orchestration/items/format';
import type { EarlierRun } from './earlier-run';

/** Where runs are: on this machine, or in AWS. */
export type RunLocation = 'local' | 'aws';

/** How a run is or ended. `stopped`: by somebody. */
export type RunOutcome = 'running' | 'succeeded' | 'failed' | 'timed-out' | 'stopped';

/** How a start of a container, or an attempt, is or ended. `interrupted`: by Spot. `refused`: AWS Batch did not accept the job. */
export type StartOutcome =
  | 'queued'
  | 'starting'
  | 'running'
  | 'succeeded'
  | 'failed'
  | 'interrupted'
  | 'timed-out'
  | 'canceled'
  | 'not-started'
  | 'refused'
  | 'stopped';

/** A run in a list. All times of these types are milliseconds since 1970. */
export interface RunRow {
  /** On this machine the name of its folder, in AWS the name of the execution. */
  readonly id: string;
  readonly job: string;
  readonly outcome: RunOutcome;
  readonly startedAt: number;
  readonly endedAt?: number;
  /** What started it: `schedule`, `sample of schedule`, `by hand`. */
  readonly source?: string;
  /** The last attempt, from 1, and how many there can be. */
  readonly attempt?: number;
  readonly maximum?: number;
  /** Whether it ended without a job, because a limit of the job was reached. Its outcome is `succeeded` then. Undefined until its history was read. */
  readonly isSkipped?: boolean;
  /** Its mini timeline. Undefined until the run's history was read. */
  readonly bars?: readonly MiniBar[];
  /** Its items, if its job has `forEach`. Undefined until they are known. */
  readonly items?: RunItems;
  /** Set if this is not a whole run, but the item of it with this index: its attempts are the item's own. */
  readonly item?: number;
}

/** An interval of a mini timeline, in milliseconds since the start of the run. */
export interface MiniBar {
  readonly kind: 'queue' | 'wait' | 'running' | 'succeeded' | 'failed' | 'interrupted' | 'unknown';
  readonly from: number;
  readonly to: number;
}

/** The whole story of a run, from a recording on this machine or from AWS. */
export interface Run extends RunRow {
  readonly place: RunLocation;
  /** Name of the execution. */
  readonly name: string;
  readonly event: RunEvent;
  readonly trigger?: TriggerCall;
  /** The run whose end started it. */
  readonly earlier?: EarlierRun;
  /** By number. What AWS Batch and on-demand capacity repeat within an attempt is a further start of it. */
  readonly attempts: readonly Attempt[];
  readonly waits: readonly Wait[];
  /** The error's name that the execution ended with. */
  readonly error?: string;
  /** Why it ended so, in one line: of a failed job its status reason and exit code. */
  readonly reason?: string;
  /** What the execution ended with, as Step Functions has it. */
  readonly cause?: string;
  /** What stopped the run, as the end of "Stopped by ": `batch-jobs stop`. Undefined if that is not known. */
  readonly stoppedBy?: string;
  /** Whether Step Functions waits for a redrive of the run. Its outcome is `running` then. */
  readonly isRedrivePending?: boolean;
  /** What the config says about retries. */
  readonly policy: RetryPolicy;
  /** On this machine: the command that repeats the run, without values of secrets. */
  readonly command?: string;
  /** On this machine: the words of that command after `batch-jobs local`. */
  readonly words?: readonly string[];
  /** On this machine: `docker`, `podman` or `plain process`. */
  readonly by?: string;
  /** Notes that the local run printed. */
  readonly notes?: readonly string[];
  /** Links to the AWS consoles, by what they show. */
  readonly links?: Readonly<Record<string, string>>;
  /** Physical names and facts of the details panel, such as the price of a run in AWS. */
  readonly facts?: readonly Fact[];
}

/** A label and its value. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  /** Whether it can be pasted: an ID, a command, an expression. */
  readonly isCode?: boolean;
  readonly href?: string;
}

/** Largest event, in bytes, whose text is part of a run: the page shows no larger one. */
export const LARGEST_SHOWN_EVENT = 256 * 1024;

/** The event of a run. */
export interface RunEvent {
  readonly source?: string;
  /** Size of the whole event in bytes, also if it is stored. */
  readonly bytes: number;
  /** Its JSON text, unless it is larger than {@link LARGEST_SHOWN_EVENT} or cannot be read. */
  readonly text?: string;
  /** Where a large event is stored. */
  readonly s3Uri?: string;
}

/** The invocation of the trigger function. */
export interface TriggerCall {
  readonly at: number;
  readonly endedAt?: number;
  /** Further deliveries of the same event, which started nothing. */
  readonly duplicates: number;
}

/** How many items of a run, or children of an attempt, are in a state. `waiting`: for an instance, or to be submitted. */
export interface ItemCounts {
  readonly waiting: number;
  readonly running: number;
  readonly succeeded: number;
  /** Those whose last container failed. Another attempt can follow. */
  readonly failed: number;
}

/** The items of a run of a job with `forEach`. */
export interface RunItems {
  /** Items that the run works on: all of the event's, or those that a rerun was to repeat. */
  readonly count: number;
  readonly counts: ItemCounts;
  /** The failed ones by index: not all of them if there are many, and none where only their number is known. */
  readonly failures: readonly ItemFailure[];
  /** Where all failed ones are listed, once the run has ended with more than the result has room for: JSON Lines. */
  readonly failuresUri?: string;
}

/** An attempt of a run. */
export interface Attempt {
  /** From 1. */
  readonly number: number;
  readonly outcome: StartOutcome;
  readonly begunAt: number;
  readonly endedAt?: number;
  /** Times at which AWS Batch refused the submission. In AWS only their number is known for some. */
  readonly refusals: readonly { readonly at?: number; readonly error?: string }[];
  /** MiB that its containers have. Undefined if that is not known. */
  readonly memory?: number;
  /** Status reason of the job in AWS Batch, or why it was refused. */
  readonly reason?: string;
  readonly starts: readonly Start[];
  /** Of a run with items: the children that the attempt started, instead of starts of one container. */
  readonly children?: ItemCounts;
}

/** One start of a container within an attempt. */
export interface Start {
  /** From 1, within the attempt. */
  readonly number: number;
  readonly outcome: StartOutcome;
  readonly onDemand: boolean;
  /** Which free restart of AWS Batch it is, from 1. Undefined for the first start on a capacity. */
  readonly restart?: number;
  /** When its time in the queue began. Not simulated on this machine. */
  readonly queuedAt?: number;
  /** When its instance or image began to start. In AWS known only of a run that was watched live. */
  readonly startingAt?: number;
  readonly startedAt?: number;
  /** When SIGTERM was sent. Known on this machine only. */
  readonly signalAt?: number;
  readonly signalReason?: string;
  /** Seconds from SIGTERM to SIGKILL. */
  readonly grace?: number;
  readonly stoppedAt?: number;
  readonly exitCode?: number;
  readonly reason?: string;
  /** What the exit code usually means. */
  readonly hint?: string;
  /** Whether an option made the attempt fail. */
  readonly isMadeToFail?: boolean;
  readonly instanceType?: string;
  readonly zone?: string;
  /** Of the job in AWS Batch. */
  readonly jobId?: string;
  /** Name of the job queue. */
  readonly queue?: string;
  readonly logStream?: string;
  /** Status in AWS Batch of a job that has not ended. */
  readonly batchStatus?: string;
}

/** A wait of the state machine. `place`: a limit of the job is reached. */
export interface Wait {
  readonly kind: 'retry' | 'throttled' | 'place';
  readonly from: number;
  /** Undefined while it lasts. */
  readonly to?: number;
  /** What the state machine waits. On this machine, `--fast` shortens it to `waited`. */
  readonly seconds?: number;
  readonly waited?: number;
  /** Attempt that comes after it. */
  readonly before: number;
  /** How many runs are ahead of it in line, while it waits for a place. Undefined if that is unknown. */
  readonly ahead?: number;
}

/** What a job's config says about attempts. */
export interface RetryPolicy {
  readonly attempts: number;
  /** Seconds before attempts 2, 3 and so on. */
  readonly waits: readonly number[];
  /** Restarts by AWS Batch after Spot interruptions, which use up no attempt. */
  readonly freeRestarts: number;
  readonly thenOnDemand: boolean;
  readonly isSpot: boolean;
  /** MiB of the first attempt, and after each one that was killed for memory. @default the memory stays as it is */
  readonly memoryLevels?: readonly number[];
  /** Seconds. */
  readonly timeout?: number;
  /** Seconds after which a job that can't be placed is canceled. */
  readonly unplaceableAfter?: number;
}
