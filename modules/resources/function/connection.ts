import type { ConnectTargets } from '../../access/connect-target';
import type { Connection } from '../../access/connection';

/** Invokes the function. */
export function functionConnection({ arn, params }: ConnectTargets['function']): Connection {
  return { environment: params, statements: [{ Sid: 'Invoke', Action: ['lambda:InvokeFunction'], Resource: [arn] }] };
}
