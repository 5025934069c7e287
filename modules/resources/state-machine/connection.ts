import type { ConnectTargets } from '../../access/connect-target';
import type { Connection } from '../../access/connection';
import { executionStatements } from '../../access/execution-statements';

/** Starts, stops, lists and describes executions. */
export function stateMachineConnection({ arn, params }: ConnectTargets['state-machine']): Connection {
  return { environment: params, statements: executionStatements(arn) };
}
