import type { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import type { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import type { Statement } from '../access/policy';
import type { Wanted } from '../config/construct-props';

/** The target of a trigger: any Lambda function. */
export interface EventTarget {
  /** Prefix of physical names, `<stack>-<job>`. */
  readonly name: string;
  /** The function to invoke. */
  readonly function: LambdaFunction;
  /** Queue of undelivered events. */
  readonly undeliveredEvents: SqsQueue;
  /** Tags of a trigger's resources. @default the provider's default tags only */
  readonly tags?: { readonly [key: string]: string };
  /** Gives the function's role the permissions that a trigger's event source needs. Returns the resources that grant them. */
  grant(trigger: Construct, statements: readonly Statement[]): ITerraformDependable;
  /** The role with which EventBridge Scheduler invokes the function. @default there is none: only rules can invoke it on a schedule */
  schedulerRole?(): SchedulerRole;
  /**
   * Makes the function take the input out of a scheduled event that has one as `input`. So the event can identify the firing.
   *
   * @default the function doesn't: Scheduler sends the input alone
   */
  takeScheduledInputs?(): void;
}

/** A role that EventBridge Scheduler assumes. */
export interface SchedulerRole {
  readonly arn: string;
  /** What must exist before a schedule fires. */
  readonly dependencies: readonly ITerraformDependable[];
}

/** Attributes of the function that a trigger needs to invoke it. */
export const TARGET: Wanted = {
  accepted: 'what the events invoke: a TriggerFunction, or another EventTarget',
  has: ['name', 'function', 'undeliveredEvents'],
};
