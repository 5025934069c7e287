import type { ConnectTargets } from '../../access/connect-target';
import type { Connection } from '../../access/connection';

/** Puts events on the bus. */
export function busConnection({ arn, params }: ConnectTargets['event-bus']): Connection {
  return { environment: params, statements: [{ Sid: 'PutEvents', Action: ['events:PutEvents'], Resource: [arn] }] };
}
