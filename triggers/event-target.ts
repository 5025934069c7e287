import type { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import type { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import type { Statement } from '../modules/access/policy';
import type { Wanted } from '../modules/config/construct-props';

/** All that a trigger knows of what it starts: any Lambda function will do. */
export interface EventTarget {
  /** Beginning of physical names, `<stack>-<job>`. */
  readonly name: string;
  /** The function to invoke. */
  readonly function: LambdaFunction;
  /** Where events end that could not be handed over. */
  readonly undeliveredEvents: SqsQueue;
  /** Tags of what a trigger makes. @default none beside the provider's */
  readonly tags?: { readonly [key: string]: string };
  /** Lets the function do what its event source asks of it, on behalf of a trigger; gives what must be there before it may. */
  grant(trigger: Construct, statements: readonly Statement[]): ITerraformDependable;
}

/** What a trigger must be given to invoke. */
export const TARGET: Wanted = {
  accepted: 'what the events invoke: a TriggerFunction, or another EventTarget',
  has: ['name', 'function', 'undeliveredEvents'],
};
