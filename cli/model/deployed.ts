/** What is deployed of the stack, and how it differs from the config. Answer of `GET /api/deployment`. */
export interface DeploymentState {
  readonly account: string;
  readonly region: string;
  readonly isDeployed: boolean;
  /** When a part of it was deployed last, as far as AWS says. Milliseconds since 1970. */
  readonly deployedAt?: number;
  /** Jobs of the config that are not deployed. Empty if nothing is. */
  readonly missing: readonly string[];
  /** What the next deployment would change. */
  readonly differences: readonly DeployedDifference[];
  /** Why this is not known, or only in part. */
  readonly problem?: string;
}

/** A property of a job that the next deployment would change. */
export interface DeployedDifference {
  readonly job: string;
  /** In the words of the config. */
  readonly property: string;
  /** Undefined if it can be a secret, or if there is none. */
  readonly deployed?: string;
  readonly config?: string;
}

/** Compute environments and job queues of the stack. Answer of `GET /api/capacity`. */
export interface CapacityState {
  readonly environments: readonly EnvironmentState[];
  readonly queues: readonly QueueState[];
  readonly problem?: string;
}

/** A compute environment as AWS Batch describes it. */
export interface EnvironmentState {
  readonly name: string;
  /** `ENABLED` or `DISABLED`. */
  readonly state: string;
  /** `VALID`, `INVALID`, `UPDATING` and so on. */
  readonly status: string;
  readonly reason?: string;
  readonly isSpot: boolean;
  /** vCPUs of the instances that run or start. */
  readonly desiredVcpus?: number;
  readonly maxVcpus?: number;
  /** Of the AWS console. */
  readonly href?: string;
}

/** A job queue as AWS Batch describes it. */
export interface QueueState {
  readonly name: string;
  readonly state: string;
  readonly status: string;
  readonly reason?: string;
  /** Names of its compute environments, in the order of their use. */
  readonly environments: readonly string[];
  readonly href?: string;
}

/** Undelivered events. Answer of `GET /api/undelivered`. All times are milliseconds since 1970. */
export interface UndeliveredState {
  readonly events: readonly UndeliveredEvent[];
  /** Whether these are all, as far as they could be received. */
  readonly isComplete: boolean;
  /** About how many there are, in all queues. */
  readonly about: number;
  readonly notes: readonly string[];
  /** What could not be looked at. */
  readonly problems: readonly string[];
}

/** An event that could start no run, or that its function failed on. */
export interface UndeliveredEvent {
  /** Of the message. */
  readonly id: string;
  /** Name of the queue that it is in. */
  readonly queue: string;
  /** Jobs that it might be for. */
  readonly jobs: readonly string[];
  /** Functions of the config that it might be for. */
  readonly functions: readonly string[];
  readonly source: string;
  readonly reason: string;
  /** When the event happened. */
  readonly happenedAt?: number;
  /** When it was given up. */
  readonly givenUpAt: number;
  /** When its queue deletes it. */
  readonly expiresAt?: number;
  readonly tries?: number;
  readonly bytes: number;
  /** Why it cannot be sent again. */
  readonly obstacle?: string;
}

/** An event with its content. Answer of `GET /api/undelivered/event`. */
export interface UndeliveredDetail extends UndeliveredEvent {
  /** The event's JSON, as the function would get it; the message's body if it is not known. */
  readonly text: string;
  readonly isEvent: boolean;
  /** The error that its sender reported, as JSON. */
  readonly error?: string;
}

/** A line of the answer of `POST /api/undelivered/redrive` and `/api/undelivered/delete`. */
export type UndeliveredProgress =
  | {
      readonly result: {
        readonly id: string;
        readonly outcome: 'started' | 'invoked' | 'duplicate' | 'ignored' | 'deleted' | 'failed' | 'skipped' | 'gone';
        readonly run?: string;
        readonly reason?: string;
      };
    }
  | { readonly done: { readonly summary: string; readonly problems: readonly string[] } }
  | { readonly error: string };
