import type { Fact, RetryPolicy } from './run';
import type { StackCheck } from './stack-check';

/** The stack of a config as a picture: a band for each job and function, and what all jobs share. Made from the synthesized resources. */
export interface StackPicture {
  readonly stackName: string;
  readonly region?: string;
  /** Path of the config relative to the working folder. */
  readonly configFile: string;
  readonly resourceCount: number;
  readonly jobs: readonly JobPicture[];
  /** The functions that the stack makes. Absent in a picture that an earlier console remembered. */
  readonly functions?: readonly BandPicture[];
  readonly shared: readonly PictureItem[];
  /** What it runs on and costs, with the smallest instance of each job. Absent in a picture that an earlier console remembered. */
  readonly check?: StackCheck;
}

/** A job or a function, and what surrounds it. */
export interface BandPicture {
  /** Its kind is `job` or `function`. */
  readonly item: PictureItem;
  readonly name: string;
  /** `2 vCPU, 1800 MiB`, `3 attempts, 20 min timeout, 1 free restart` */
  readonly lines: readonly string[];
  /** What starts the job, or invokes the function. */
  readonly startedBy: readonly PictureItem[];
  /** Names of the resources that can invoke a function. @default none */
  readonly invokedBy?: readonly string[];
  readonly runsOn: readonly PictureItem[];
  /** What it is connected to, and the queues of what could not be delivered to a function. */
  readonly uses: readonly PictureItem[];
}

/** A job and what surrounds it. */
export interface JobPicture extends BandPicture {
  readonly policy: RetryPolicy;
}

/** A box of the picture. */
export interface PictureItem {
  /** Unique in the picture, and the same after another synthesis: `nightlyReport`, `nightlyReport/events/0`. */
  readonly id: string;
  /** `job`, `function`, a type of event, `spot`, `on-demand`, `lambda`, a type of companion, `network` and so on. */
  readonly kind: string;
  /** `Schedule`, `Spot`, `archive` */
  readonly title: string;
  /** A line below the title. Parts of it can be code. The second part of what a job runs on is its limit. */
  readonly detail: readonly Text[];
  /** Settings of the config and defaults that matter. */
  readonly settings: readonly Fact[];
  /** What it may do, and who may use it: the statements of its policies. */
  readonly permissions: readonly Permissions[];
  /** What it costs, as sentences that name the price's region and date. */
  readonly costs: readonly string[];
  /** Addresses in the Terraform JSON: `aws_batch_job_definition.reports_nightlyReport_1234`. */
  readonly addresses: readonly string[];
  /** The job of the stack whose runs start one, for such an event. */
  readonly job?: string;
  /** Expression of a schedule. */
  readonly schedule?: string;
  /** Time zone and dates of a schedule of EventBridge Scheduler. */
  readonly limits?: { readonly timezone?: string; readonly startDate?: string; readonly endDate?: string };
  /** Next times of a schedule, added when the page asks. Milliseconds since 1970. */
  readonly next?: readonly number[];
  /** Whether runs use it only after Spot interruptions. @default false */
  readonly isFallback?: boolean;
  /** Physical name of a job queue in AWS Batch. */
  readonly queue?: string;
}

/** Permissions of one role, or of a resource's policy. */
export interface Permissions {
  /** `The container`, `The trigger function` */
  readonly who: string;
  readonly sentences: readonly Permission[];
}

/** A statement of a policy, or a part of it, as a sentence. */
export interface Permission {
  /** `May read and write objects in bucket archive.` */
  readonly text: string;
  /** The IAM actions that the sentence is about: `s3:GetObject`. */
  readonly actions: readonly string[];
}

/** A piece of text; code can be pasted. */
export interface Text {
  readonly text: string;
  readonly isCode?: boolean;
}

/** A problem of the config as the terminal reports it. */
export interface ConfigProblem {
  readonly code: string;
  readonly path: string;
  readonly message: string;
  /** What to do, as a sentence. Undefined if the message says it. */
  readonly instruction?: string;
  /** Path of the file relative to the working folder, and the line from 1. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** What the last synthesis gave. With problems, the picture is the last valid one. */
export interface StackState {
  readonly picture?: StackPicture;
  readonly problems: readonly ConfigProblem[];
  /** The report of the terminal, or what else ended the synthesis. */
  readonly report?: string;
  readonly synthesizedAt: number;
  /** Whether another synthesis is in progress. */
  readonly isStale: boolean;
}
