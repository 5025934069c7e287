import type { AwsContext } from '../../aws-context';
import type { ConnectableType, ConnectTarget, ConnectTargets } from '../connect-target';
import type { Connection } from '../connection';
import { batchJobConnection } from './batch-job';
import { bucketConnection } from './bucket';
import { databaseConnection } from './database';
import { tableConnection } from './dynamo-db-table';
import { busConnection } from './event-bus';
import { existingConnection } from './existing';
import { functionConnection } from './function';
import { streamConnection } from './kinesis-stream';
import { topicConnection } from './sns-topic';
import { queueConnection } from './sqs-queue';
import { stateMachineConnection } from './state-machine';
import { userPoolConnection } from './user-auth-pool';

/** The connection to each type of resource. The compiler reports a missing type. */
const CONNECTIONS: {
  readonly [Type in ConnectableType]: (target: ConnectTargets[Type], aws: AwsContext) => Connection;
} = {
  'batch-job': batchJobConnection,
  bucket: bucketConnection,
  'dynamo-db-table': tableConnection,
  'event-bus': busConnection,
  existing: existingConnection,
  function: functionConnection,
  'kinesis-stream': streamConnection,
  'redis-cluster': databaseConnection,
  'relational-database': databaseConnection,
  'sns-topic': topicConnection,
  'sqs-queue': queueConnection,
  'state-machine': stateMachineConnection,
  'user-auth-pool': userPoolConnection,
};

/** The connection to a resource. */
export function connectionTo(target: ConnectTarget, aws: AwsContext): Connection {
  const connect = CONNECTIONS[target.type] as (target: ConnectTarget, aws: AwsContext) => Connection;
  return connect(target, aws);
}
