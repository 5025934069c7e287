import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import { Fn } from 'cdktf';
import type { EventTarget } from './event-target';

export interface InvocationPermission {
  /** The service that invokes, such as `events.amazonaws.com`. */
  readonly principal: string;
  /** On whose behalf: an ARN, in which `*` stands for any text. */
  readonly sourceArn: string;
  /** The account of a source whose ARN names none. @default the ARN says it */
  readonly sourceAccount?: string;
}

/**
 * Lets a kind of source invoke a function: one permission however many sources of the kind the function has. A function's policy has room for
 * some sixty permissions. It stands below the function, so that a source that comes or goes changes nothing for the others.
 *
 * @param id the same for all sources that the permission is for
 */
export function letInvoke(target: EventTarget, id: string, permission: InvocationPermission): LambdaPermission {
  const existing = target.function.node.tryFindChild(id);
  if (existing instanceof LambdaPermission) return existing;
  const { functionName } = target.function;
  return new LambdaPermission(target.function, id, { action: 'lambda:InvokeFunction', functionName, ...permission });
}

/** The account that a target's function is in: sources whose ARN names no account are let in from this one alone. */
export function targetAccount(target: EventTarget): string {
  return fieldOf(target, 4);
}

/** ARN of something in the account and region of a target's function. */
export function arnBeside(target: EventTarget, service: string, resource: string): string {
  return `arn:${fieldOf(target, 1)}:${service}:${fieldOf(target, 3)}:${targetAccount(target)}:${resource}`;
}

/** ARN of a bucket in the partition of a target's function. */
export function bucketArn(target: EventTarget, name: string): string {
  return `arn:${fieldOf(target, 1)}:s3:::${name}`;
}

function fieldOf({ function: { arn } }: EventTarget, index: number): string {
  return Fn.element(Fn.split(':', arn), index);
}
