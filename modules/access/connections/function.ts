import type { ConnectTargets } from '../connect-target';
import type { Connection } from '../connection';

/** Invokes the function. */
export function functionConnection({ arn, params }: ConnectTargets['function']): Connection {
  return { environment: params, statements: [{ Sid: 'Invoke', Action: ['lambda:InvokeFunction'], Resource: [arn] }] };
}
