import type { ConnectTargets } from '../connect-target';
import type { Connection } from '../connection';
import { executionStatements } from './execution-statements';

/** Starts, stops, lists and describes executions. */
export function stateMachineConnection({ arn, params }: ConnectTargets['state-machine']): Connection {
  return { environment: params, statements: executionStatements(arn) };
}
