import { batchJobConnection } from '../../resources/batch-job/connection';
import { bucketConnection } from '../../resources/bucket/connection';
import { databaseConnection } from '../../resources/database-connection';
import { tableConnection } from '../../resources/dynamo-db-table/connection';
import { busConnection } from '../../resources/event-bus/connection';
import { existingConnection } from '../../resources/existing/connection';
import { functionConnection } from '../../resources/function/connection';
import { streamConnection } from '../../resources/kinesis-stream/connection';
import { topicConnection } from '../../resources/sns-topic/connection';
import { queueConnection } from '../../resources/sqs-queue/connection';
import { stateMachineConnection } from '../../resources/state-machine/connection';
import { userPoolConnection } from '../../resources/user-auth-pool/connection';
import type { AwsContext } from '../../terraform/aws-context';
import type { ConnectableType, ConnectTarget, ConnectTargets } from '../connect-target';
import type { Connection } from '../connection';

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
