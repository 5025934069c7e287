import type { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import type { Connection } from '../../access/connection';
import { allowed, type Narrowing } from '../../rules/narrowing';
import type { ArnTarget } from '../descriptor';
import type { TABLE_PARAMS } from './schema';

type TableTarget = ArnTarget<'dynamo-db-table', typeof TABLE_PARAMS>;

/** Reads and writes items, by key, query and scan, in the table and its indexes. */
export function tableConnection({ arn, params }: TableTarget, _aws: unknown, narrowing: Narrowing = {}): Connection {
  return {
    environment: params,
    statements: [
      {
        Sid: 'UseItems',
        Action: allowed(narrowing, ACTIONS),
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

const ACTIONS = {
  'dynamodb:BatchGetItem': 'read',
  'dynamodb:BatchWriteItem': 'write',
  'dynamodb:ConditionCheckItem': 'read',
  'dynamodb:DeleteItem': 'write',
  'dynamodb:DescribeTable': 'both',
  'dynamodb:GetItem': 'read',
  'dynamodb:PutItem': 'write',
  'dynamodb:Query': 'read',
  'dynamodb:Scan': 'read',
  'dynamodb:UpdateItem': 'write',
} as const;
