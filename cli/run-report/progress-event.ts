/** A step of a Dockerfile as it is built. */
export interface BuildStep {
  /** `2/7`, with the stage's name or number before it if there are several. */
  readonly place: string;
  /** `RUN npm ci` */
  readonly instruction: string;
}

/** What the output of a build that failed says. */
export interface FailedBuild {
  /** The step that failed; undefined if none began. */
  readonly step?: BuildStep;
  /** Of the command that failed. */
  readonly exitCode?: number;
  /** The last lines that the step wrote. */
  readonly lines: readonly string[];
  /** The engine's own words. */
  readonly words: string;
}

/** How a container or an attempt ended. `interrupted` uses up no attempt, `canceled` ends the run. */
export type Outcome = 'succeeded' | 'failed' | 'interrupted' | 'timed-out' | 'not-started' | 'canceled' | 'stopped';

/** Statuses of a job in AWS Batch before its container runs. */
export type QueueStatus = 'SUBMITTED' | 'PENDING' | 'RUNNABLE' | 'STARTING';

/** What happens in a run, on this machine or in AWS. With `--json`, each is one document: its properties are public. */
export type ProgressEvent =
  /** With `isRecorded` false, nothing of the run is kept. */
  | { readonly type: 'note'; readonly text: string; readonly isRecorded?: false }
  | {
      /** Exists in the emulator. */
      readonly type: 'resource';
      /** Name and type in the config. */
      readonly resource: string;
      readonly kind: string;
      /** Physical name. */
      readonly name: string;
    }
  | {
      readonly type: 'image';
      readonly image: string;
      readonly by: string;
      readonly action: 'build' | 'built' | 'kept' | 'pull' | 'pulled';
      readonly seconds?: number;
    }
  | { readonly type: 'build-step'; readonly place: string; readonly instruction: string }
  | ({ readonly type: 'build-failed'; readonly image: string } & FailedBuild)
  | { readonly type: 'images-removed'; readonly count: number }
  | { readonly type: 'engine'; readonly by: string; readonly text: string }
  | {
      readonly type: 'engine-fault';
      readonly engine: string;
      readonly kind: string;
      readonly problem: string;
      readonly fix: string;
    }
  | {
      /** The run writes its recording. */
      readonly type: 'recorded';
      /** Name of its folder. */
      readonly id: string;
      /** Path of its folder, relative to the working folder. */
      readonly folder: string;
    }
  | {
      /** A run has ended, and its end starts a run of the next job. */
      readonly type: 'next';
      readonly job: string;
      /** The job whose run has ended. */
      readonly after: string;
      /** Name of that run. */
      readonly run: string;
      readonly status: Result['status'];
    }
  | { readonly type: 'event'; readonly source: string; readonly bytes: number }
  | { readonly type: 'started'; readonly executionName: string; readonly claimCheck: boolean }
  | { readonly type: 'duplicate'; readonly executionName: string }
  | { readonly type: 'state'; readonly state: string; readonly kind: string }
  | {
      readonly type: 'wait';
      readonly state: string;
      readonly of: 'Wait' | 'Retry';
      readonly seconds: number;
      readonly waited: number;
    }
  | {
      /** Of the state machine, in AWS. Its length is known only when it is over. */
      readonly type: 'waiting';
      readonly of: 'attempt' | 'submission' | 'place';
      /** Number of the attempt that follows. */
      readonly attempt: string;
    }
  | {
      readonly type: 'refused';
      readonly error?: string;
      /** Whether an option made AWS Batch refuse it. */
      readonly injected: boolean;
    }
  | {
      /** To AWS Batch. */
      readonly type: 'submitted';
      readonly attempt: string;
      readonly maximumAttempts?: string;
      readonly onDemand: boolean;
      readonly jobId: string;
      /** Name of the job queue. */
      readonly queue?: string;
    }
  | {
      /** A job is in a queue of AWS Batch, or its container starts. */
      readonly type: 'queue';
      readonly attempt: string;
      readonly status: QueueStatus;
    }
  | {
      readonly type: 'container';
      readonly attempt: string;
      readonly maximumAttempts?: string;
      /** Number of the start within the attempt, from 1. */
      readonly run: number;
      /** Whether the attempt has left Spot capacity. */
      readonly onDemand: boolean;
      /** `docker`, `podman`, `plain process` or `AWS Batch`. */
      readonly by: string;
      /** MiB that the container has. In AWS, if it is known. */
      readonly memory?: number;
      /** Of the instance, in AWS, if it is known. */
      readonly instanceType?: string;
      readonly zone?: string;
    }
  | {
      /** Containers of an attempt of a job with `forEach` start, one for each item. */
      readonly type: 'items';
      readonly attempt: string;
      readonly maximumAttempts?: string;
      /** Items of the run. */
      readonly items: number;
      /** Those of this attempt's array. */
      readonly children: number;
      /** Most containers at the same time. */
      readonly jobs: number;
      readonly onDemand: boolean;
      readonly by: string;
    }
  | {
      /** The container of an item has ended, for this attempt. */
      readonly type: 'child';
      /** Position of the item in the run, from 0. */
      readonly item: number;
      readonly attempt: string;
      readonly outcome: Outcome;
      readonly exitCode: number | null;
      readonly reason: string;
      readonly seconds: number;
      readonly hint?: string;
    }
  | ({ readonly type: 'items-progress' } & ItemCounts)
  | {
      /** All containers of an attempt's array have ended. */
      readonly type: 'items-end';
      readonly attempt: string;
      readonly succeeded: number;
      readonly failed: number;
      readonly seconds: number;
    }
  | {
      readonly type: 'output';
      /** `log` in AWS, where the log does not keep the two apart. */
      readonly stream: 'stdout' | 'stderr' | 'log';
      readonly text: string;
      /** Of a job with `forEach`: position of the container's item, from 0. */
      readonly item?: number;
    }
  | {
      readonly type: 'signal';
      /** Of a job with `forEach`: position of the container's item, from 0. */
      readonly item?: number;
      readonly signal: 'SIGTERM' | 'SIGKILL';
      readonly reason: string;
      /** Seconds between SIGTERM and SIGKILL. */
      readonly grace: number;
    }
  | { readonly type: 'made-to-fail'; readonly attempt: string }
  | {
      readonly type: 'exit';
      readonly attempt: string;
      readonly outcome: Outcome;
      readonly exitCode: number | null;
      readonly reason: string;
      readonly seconds: number;
      /** Seconds since SIGTERM, if it was sent. */
      readonly sinceSignal?: number;
      readonly hint?: string;
    }
  | { readonly type: 'restart'; readonly run: number }
  | { readonly type: 'unused'; readonly option: string }
  | ({ readonly type: 'result' } & Result);

/** How many of the items of an attempt's array are how far. */
export interface ItemCounts {
  readonly succeeded: number;
  readonly failed: number;
  readonly running: number;
  readonly waiting: number;
}

/** How a container of a job with `forEach` ended, in its last attempt. */
export interface ItemEnd {
  /** Position of the item in the run, from 0. */
  readonly item: number;
  readonly attempt: number;
  readonly seconds: number;
  /** Why it failed. Undefined if it succeeded. */
  readonly reason?: string;
}

/** What became of the items of a run. */
export interface ItemsSummary {
  readonly items: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Of those that failed in the last attempt, the first by their positions. */
  readonly failures: readonly ItemEnd[];
  /** Of those that succeeded, the slowest. */
  readonly slowest: readonly ItemEnd[];
}

/** How a run ended. */
export interface Result {
  readonly executionName: string;
  /** `TIMED_OUT` and `ABORTED`: by Step Functions, of a run in AWS. An aborted run was stopped by somebody. */
  readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  /** Attempts that ran. Restarts by AWS Batch are not counted. */
  readonly attempts: number;
  readonly seconds: number;
  readonly error?: string;
  readonly cause?: string;
  /** Only of a job with `forEach`, on this machine. */
  readonly items?: ItemsSummary;
}
