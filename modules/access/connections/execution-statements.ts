import { Fn, Token } from 'cdktf';
import type { Statement } from '../policy';

/** Leave to start and list the executions of a state machine, and to follow and stop each of them. */
export function executionStatements(stateMachineArn: string): Statement[] {
  return [
    {
      Sid: 'StartExecutions',
      Action: ['states:ListExecutions', 'states:StartExecution'],
      Resource: [stateMachineArn],
    },
    {
      // About executions, which have ARNs of their own: on the state machine's these two allow nothing.
      Sid: 'FollowExecutions',
      Action: ['states:DescribeExecution', 'states:StopExecution'],
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
