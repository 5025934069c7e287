import { Fn, Token } from 'cdktf';
import { allowed, type Narrowing } from '../rules/narrowing';
import type { Statement } from './policy';

/** Permissions to start and list the executions of a state machine, and to describe and stop each of them. */
export function executionStatements(stateMachineArn: string, narrowing: Narrowing = {}): Statement[] {
  return [
    {
      Sid: 'StartExecutions',
      Action: allowed(narrowing, { 'states:ListExecutions': 'read', 'states:StartExecution': 'write' }),
      Resource: [stateMachineArn],
    },
    {
      // For executions, which have their own ARNs. On the state machine's ARN, these two have no effect.
      Sid: 'FollowExecutions',
      Action: allowed(narrowing, { 'states:DescribeExecution': 'read', 'states:StopExecution': 'write' }),
      Resource: [`${executionArn(stateMachineArn)}:*`],
    },
  ];
}

/** `arn:aws:states:<region>:<account>:execution:<state machine>` */
function executionArn(stateMachineArn: string): string {
  const [from, to] = [':stateMachine:', ':execution:'];
  return Token.isUnresolved(stateMachineArn) && !stateMachineArn.includes(from)
    ? Fn.replace(stateMachineArn, from, to)
    : stateMachineArn.replace(from, to);
}
