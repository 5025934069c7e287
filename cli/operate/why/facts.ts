import type { RunStory } from '../run-story';

/** What is known about a job or one of its runs, from a bounded number of requests. A fact that could not be read is undefined. */
export interface Facts {
  readonly now: ReportTime;
  readonly job: JobFacts;
  /** Status of the state machine: `ACTIVE` or `DELETING`. */
  readonly stateMachine?: string;
  /** The run in question: the one that was named, else the job's oldest run that waits, or its newest. Undefined if the job has none. */
  readonly run?: RunFacts;
  /** The run's current job in AWS Batch. Undefined if the run has none, or AWS Batch has forgotten it. */
  readonly batchJob?: BatchJobFacts;
  /** The queue that the job waits in. Read only for a job that waits. */
  readonly queue?: QueueFacts;
  /** The queue's compute environments, in its order. Read only for a job that waits. */
  readonly environments: readonly EnvironmentFacts[];
  /** What starts runs. Read only for a job that has no unfinished run. */
  readonly start?: StartFacts;
  /** What could not be checked, and why: one line each. */
  readonly notes: readonly string[];
}

/** When the facts were gathered. */
export interface ReportTime {
  readonly date: Date;
  /** Whether times are in UTC and ISO 8601, for programs, instead of the terminal's time zone. */
  readonly isUtc: boolean;
}

/** What the config says about a job. */
export interface JobFacts {
  readonly name: string;
  readonly region: string;
  readonly cpu: number;
  /** MiB. */
  readonly memory: number;
  /** MiB of the last level, if a job that is killed for memory gets more. */
  readonly maxMemory?: number;
  readonly gpu: number;
  readonly architecture: string;
  readonly spot: boolean;
  readonly attempts: number;
  readonly timeoutSeconds?: number;
  /** Types of its event sources. */
  readonly events: readonly string[];
  readonly triggerFunction: string;
}

export interface RunFacts {
  readonly name: string;
  readonly story: RunStory;
  /** The last lines that its container printed. Read only for a failed run. */
  readonly lastLines?: readonly string[];
}

export interface BatchJobFacts {
  readonly id: string;
  /** `SUBMITTED`, `PENDING`, `RUNNABLE`, `STARTING`, `RUNNING`, `SUCCEEDED` or `FAILED`. */
  readonly status: string;
  readonly statusReason?: string;
  /** When its wait began: the submission, or the end of the start before. */
  readonly queued: Date;
  readonly started?: Date;
  /** Its ECS task, if its container is starting. */
  readonly task?: TaskFacts;
  /** IDs of the jobs that it depends on. */
  readonly dependsOn: readonly string[];
  /** Earlier starts of this job, with the reason of their end. */
  readonly earlierReasons: readonly string[];
  readonly image?: string;
  readonly logStream?: string;
}

/** The ECS task of a job whose container is starting. */
export interface TaskFacts {
  readonly created: Date;
  readonly pullStarted?: Date;
  readonly pullStopped?: Date;
}

export interface QueueFacts {
  readonly name: string;
  readonly state: string;
  readonly status: string;
  readonly statusReason?: string;
  /** Reasons for which the queue cancels a job that waits, with the seconds until then. */
  readonly cancels: readonly { readonly reason: string; readonly seconds: number }[];
  /** Position of the job among those that wait, from 1. Undefined if it is unknown or not among the first 100. */
  readonly position?: number;
  /** Jobs that wait in the queue. */
  readonly waiting?: Count;
  /** The job that is next, if it is another one. */
  readonly head?: { readonly name: string; readonly statusReason?: string };
  /** Jobs that run or start. */
  readonly running?: Count;
  /** Names of some of the jobs that run or start. */
  readonly runningNames: readonly string[];
}

/** A number of things, of which only some were listed. */
export interface Count {
  readonly number: number;
  /** Whether there are more. */
  readonly isMore: boolean;
}

export interface EnvironmentFacts {
  readonly name: string;
  readonly state: string;
  readonly status: string;
  readonly statusReason?: string;
  readonly spot: boolean;
  readonly maxVcpus: number;
  /** vCPUs that AWS Batch wants to run now. */
  readonly desiredVcpus: number;
  readonly instanceTypes: readonly string[];
  /** Instances that are registered with its ECS cluster. */
  readonly registered?: number;
  /** Registered instances whose agent is connected to ECS. */
  readonly connected?: number;
  /** The last instance that EC2 Auto Scaling launched for it. */
  readonly lastLaunch?: Date;
  /** The newest launch that failed, if no later one succeeded. */
  readonly launchFailure?: LaunchFailure;
  /** The account's quota of vCPUs for its instance types. If they belong to several quotas, the largest. */
  readonly quota?: QuotaFacts;
}

export interface LaunchFailure {
  readonly at: Date;
  /** EC2 Auto Scaling's message. */
  readonly message: string;
}

export interface QuotaFacts {
  readonly code: string;
  readonly name: string;
  readonly vcpus: number;
}

/** What starts a job's runs. */
export interface StartFacts {
  readonly function?: {
    /** `Active`, `Pending`, `Inactive` or `Failed`, or `Missing` if there is no such function. */
    readonly state: string;
    readonly reason?: string;
    /** Whether its reserved concurrency is 0, which stops all invocations. */
    readonly isStopped: boolean;
  };
  /** EventBridge rules that invoke the function. */
  readonly rules: readonly { readonly name: string; readonly isEnabled: boolean; readonly schedule?: string }[];
  /** Schedules of EventBridge Scheduler that invoke the function, if the config has any. */
  readonly schedules: readonly { readonly name: string; readonly isEnabled: boolean; readonly schedule: string }[];
  /** Queues and streams that Lambda reads for the function. */
  readonly mappings: readonly {
    readonly source: string;
    readonly uuid: string;
    readonly isEnabled: boolean;
    /** Result of Lambda's last read: `OK`, `No records processed` or `PROBLEM: ...`. */
    readonly result?: string;
  }[];
  /** Schedules of the config that need a rule, without one. */
  readonly missingRules: number;
  /** Schedules of the config that EventBridge Scheduler should have, and does not. */
  readonly missingSchedules: number;
  /** Queues and streams of the config that Lambda does not read. */
  readonly missingSources: number;
  /** Messages in the queues that undelivered events of the job are sent to: the stack's, and dead-letter queues. */
  readonly undelivered?: { readonly messages: number; readonly queues: readonly string[] };
  /** What the function logged about its newest event. */
  readonly lastEvent?: LastEvent;
}

export interface LastEvent {
  readonly at: Date;
  readonly outcome: 'started' | 'duplicate' | 'ignored' | 'failed';
  /** Why it was ignored, or the error's message. */
  readonly detail?: string;
  /** The run that the event started, or had started before. */
  readonly run?: string;
}
