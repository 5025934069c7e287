import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import type { Construct } from 'constructs';
import { policyDocument } from '../../modules/access/policy';
import type { EventTarget } from '../../modules/invocation/event-target';
import { foreignStack, Synthesis } from '../synthesis';

/** Somebody's own function, in front of which a trigger is put: no job, and nothing of the jobs' modules but the form of a policy. */
export function functionTarget(scope: Construct, overrides: Partial<EventTarget> = {}): EventTarget {
  const role = new IamRole(scope, 'role', { assumeRolePolicy: '{}' });
  return {
    name: 'reports-nightly',
    function: new LambdaFunction(scope, 'function', { functionName: 'mine', role: role.arn, timeout: 25 }),
    undeliveredEvents: new SqsQueue(scope, 'undelivered', {}),
    grant: (inside, statements) =>
      new IamRolePolicy(inside, 'Access', { role: role.name, policy: policyDocument(statements) }),
    ...overrides,
  };
}

/** A custom stack with the event source that `build` connects to a function. */
export function withFunction(
  build: (scope: Construct, target: EventTarget) => void,
  overrides?: Partial<EventTarget>,
): Synthesis {
  const stack = foreignStack();
  build(stack, functionTarget(stack, overrides));
  return new Synthesis(stack);
}

/** ARN of something in the account and region of the function, as Terraform gets it. */
export function beside(service: string, resource: string, id = 'function'): string {
  const field = (index: number) => `\${element(split(":", aws_lambda_function.${id}.arn), ${index})}`;
  return `arn:${field(1)}:${service}:${field(3)}:${field(4)}:${resource}`;
}
