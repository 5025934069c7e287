import type { Limits } from '../../../modules/config/limits';
import type { Comparison } from './comparison';
import type { VolumeFacts } from './volumes';

/** What is deployed of a stack. */
export interface StackFacts {
  readonly stack: string;
  readonly account: string;
  readonly region: string;
  readonly jobs: readonly JobFacts[];
  readonly queues: readonly QueueFacts[];
  readonly environments: readonly EnvironmentFacts[];
}

/** What is deployed of a job. */
export interface JobFacts {
  readonly name: string;
  /** Parts that AWS does not have: `state machine`, `job definition`. */
  readonly missing: readonly string[];
  /** Undefined if there is none. */
  readonly definition?: DefinitionFacts;
  readonly stateMachineArn?: string;
  readonly queueArns: readonly string[];
  /** What limits its runs, as the deployed state machine has it. Undefined without limits. */
  readonly limits?: Limits;
  readonly starts: readonly StartFacts[];
  readonly logGroup?: string;
  /** Whether the deployed job is the config's. Undefined if nothing of it is deployed. */
  readonly comparison?: Comparison;
  /** Pages of AWS's consoles. */
  readonly links: { readonly [page: string]: string };
}

/** The latest revision of a job's definition. */
export interface DefinitionFacts {
  readonly arn: string;
  readonly revision: number;
  readonly image: string;
  readonly volumes: readonly VolumeFacts[];
}

/** Something that starts runs. */
export interface StartFacts {
  /** In the words of the config: `schedule`, `sqs` and so on. */
  readonly type: string;
  /** The schedule's expression, the request's URL, the name of the queue or stream. */
  readonly what: string;
  /** Undefined if AWS does not tell. */
  readonly enabled?: boolean;
  /** HTTP method of a route. */
  readonly method?: string;
  /** IANA time zone of a schedule of EventBridge Scheduler. */
  readonly timezone?: string;
  /** The next times of a schedule, in ISO 8601. Undefined for rates. */
  readonly next?: readonly string[];
}

export interface QueueFacts {
  readonly name: string;
  readonly arn: string;
  readonly state: string;
  readonly status: string;
  readonly statusReason?: string;
  /** ARNs, in the order of their use. */
  readonly environments: readonly string[];
}

export interface EnvironmentFacts {
  readonly name: string;
  readonly arn: string;
  readonly state: string;
  readonly status: string;
  readonly statusReason?: string;
  readonly isSpot: boolean;
  readonly desiredVcpus?: number;
  readonly maxVcpus?: number;
}
