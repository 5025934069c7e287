import { AS_ASKED } from '../../config/arn-rule';
import { ACCESS_KINDS } from '../../rules/narrowing';
import { companion } from '../descriptor';
import { dynamoDbTable, TABLE_PARAMS } from './schema';

export type { DynamoDbTable } from './schema';

/** The type `dynamo-db-table`. */
export const DYNAMO_DB_TABLE = companion({
  type: 'dynamo-db-table',
  noun: 'table',
  schema: dynamoDbTable,
  creates: [['DynamoDbTable', 'dynamodb-table']],
  construct: () => (require('./construct') as typeof import('./construct')).Table,
  params: TABLE_PARAMS,
  existingArns: { arn: AS_ASKED, streamArn: AS_ASKED },
  absent: {
    streamArn: ({ streamType }, existing) => {
      if (existing !== undefined) return existing.streamArn === undefined ? 'add streamArn to existing' : undefined;
      return streamType === undefined ? "add streamType: 'NEW_AND_OLD_IMAGES' to the table's properties" : undefined;
    },
  },
  unreachableService: 'Amazon DynamoDB',
  gatewayEndpoint: 'dynamodb',
  isStore: true,
  connection: () => (require('./connection') as typeof import('./connection')).tableConnection,
  narrowable: { access: ACCESS_KINDS },
  provided: { aws_dynamodb_table: () => (require('./connection') as typeof import('./connection')).providedTable },
  stacktape: () => (require('./stacktape') as typeof import('./stacktape')).STACKTAPE,
});
