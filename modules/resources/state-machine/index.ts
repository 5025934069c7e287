import { AS_ASKED } from '../../config/arn-rule';
import { ACCESS_KINDS } from '../../rules/narrowing';
import { companion } from '../descriptor';
import { STATE_MACHINE_PARAMS, stateMachineResource } from './schema';

export type { StateMachineResource } from './schema';

/** The type `state-machine`. */
export const STATE_MACHINE = companion({
  type: 'state-machine',
  noun: 'state machine',
  schema: stateMachineResource,
  construct: () => (require('./construct') as typeof import('./construct')).StateMachine,
  params: STATE_MACHINE_PARAMS,
  existingArns: { arn: AS_ASKED },
  unreachableService: 'AWS Step Functions',
  connection: () => (require('./connection') as typeof import('./connection')).stateMachineConnection,
  narrowable: { access: ACCESS_KINDS },
  provided: {
    aws_sfn_state_machine: () => (require('./connection') as typeof import('./connection')).providedStateMachine,
  },
  stacktape: () => (require('./stacktape') as typeof import('./stacktape')).STACKTAPE,
});
