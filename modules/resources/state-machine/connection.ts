import type { SfnStateMachine } from '@cdktf/provider-aws/lib/sfn-state-machine';
import type { Connection } from '../../access/connection';
import { executionStatements } from '../../access/execution-statements';
import type { Narrowing } from '../../rules/narrowing';
import type { ArnTarget } from '../descriptor';
import type { STATE_MACHINE_PARAMS } from './schema';

type StateMachineTarget = ArnTarget<'state-machine', typeof STATE_MACHINE_PARAMS>;

/** Starts, stops, lists and describes executions. */
export function stateMachineConnection(
  { arn, params }: StateMachineTarget,
  _aws: unknown,
  narrowing: Narrowing = {},
): Connection {
  return { environment: params, statements: executionStatements(arn, narrowing) };
}

export function providedStateMachine({ arn, name }: SfnStateMachine): StateMachineTarget {
  return { type: 'state-machine', arn, params: { arn, name } };
}
