import type { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import type { Connection } from '../../access/connection';
import type { ArnTarget } from '../descriptor';
import type { TABLE_PARAMS } from './schema';

type TableTarget = ArnTarget<'dynamo-db-table', typeof TABLE_PARAMS>;

/** Reads and writes items, by key, query and scan, in the table and its indexes. */
export function tableConnection({ arn, params }: TableTarget): Connection {
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

export function providedTable({ arn, name, streamArn, streamEnabledInput }: DynamodbTable): TableTarget {
  return {
    type: 'dynamo-db-table',
    arn,
    params: { arn, name, streamArn: streamEnabledInput === true ? streamArn : undefined },
  };
}
