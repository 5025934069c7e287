import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import { arnField } from '../terraform/arn-field';
import type { EventTarget } from './event-target';

export interface InvocationPermission {
  /** The service that invokes, such as `events.amazonaws.com`. */
  readonly principal: string;
  /** ARN of the source. `*` matches any characters. */
  readonly sourceArn: string;
  /** Account of a source whose ARN has none. @default the account in the ARN */
  readonly sourceAccount?: string;
}

/**
 * Lets a type of source invoke a function, with one permission for all sources of the type, because a function's policy has room for about
 * 60 permissions. Its scope is the function, so that adding or removing a source changes nothing for the others.
 *
 * @param id the same for all sources of the permission
 */
export function letInvoke(target: EventTarget, id: string, permission: InvocationPermission): LambdaPermission {
  const existing = target.function.node.tryFindChild(id);
  if (existing instanceof LambdaPermission) return existing;
  const { functionName } = target.function;
  return new LambdaPermission(target.function, id, { action: 'lambda:InvokeFunction', functionName, ...permission });
}

/** The account of a target's function: the only account allowed for sources whose ARN has none. */
export function targetAccount(target: EventTarget): string {
  return arnField(target.function.arn, 'account');
}

/** ARN of a resource in the account and region of a target's function. */
export function arnBeside(target: EventTarget, service: string, resource: string): string {
  const { arn } = target.function;
  return `arn:${arnField(arn, 'partition')}:${service}:${arnField(arn, 'region')}:${targetAccount(target)}:${resource}`;
}

/** ARN of a bucket in the partition of a target's function. */
export function bucketArn(target: EventTarget, name: string): string {
  return `arn:${arnField(target.function.arn, 'partition')}:s3:::${name}`;
}
