import type { ConnectTargets } from '../../access/connect-target';
import type { Connection } from '../../access/connection';

/** Reads and writes items, by key, query and scan, in the table and its indexes. */
export function tableConnection({ arn, params }: ConnectTargets['dynamo-db-table']): Connection {
  return {
    environment: params,
    statements: [
      {
        Sid: 'UseItems',
        Action: [
          'dynamodb:BatchGetItem',
          'dynamodb:BatchWriteItem',
          'dynamodb:ConditionCheckItem',
          'dynamodb:DeleteItem',
          'dynamodb:DescribeTable',
          'dynamodb:GetItem',
          'dynamodb:PutItem',
          'dynamodb:Query',
          'dynamodb:Scan',
          'dynamodb:UpdateItem',
        ],
        Resource: [arn, `${arn}/index/*`],
      },
    ],
  };
}
