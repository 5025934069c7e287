import { DynamodbResourcePolicy } from '@cdktf/provider-aws/lib/dynamodb-resource-policy';
import { DynamodbTable, type DynamodbTableGlobalSecondaryIndex } from '@cdktf/provider-aws/lib/dynamodb-table';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { companionProps } from '../../config/construct-props';
import { parse } from '../../config/parse';
import { NAME_LIMITS, physicalName } from '../../rules/naming';
import { tableEncryption } from '../../storage/encryption';
import { jsonLiteral, literal, literals } from '../../terraform/literal';
import type { Companion, CompanionContext } from '../companion';
import { dynamoDbTable, type TABLE_PARAMS, tableProperties } from './schema';

export type TableProps = CompanionContext & Omit<z.input<typeof dynamoDbTable>, 'type' | 'overrides'>;

type SecondaryIndex = NonNullable<z.output<typeof tableProperties>['secondaryIndexes']>[number];

/** DynamoDB's letters for key types. */
const TYPE_LETTERS = { string: 'S', number: 'N', binary: 'B' } as const;

function globalIndex(index: SecondaryIndex): DynamodbTableGlobalSecondaryIndex {
  const { name, partitionKey, sortKey, projections } = index;
  return {
    name,
    hashKey: literal(partitionKey.name),
    ...(sortKey && { rangeKey: literal(sortKey.name) }),
    ...(projections === undefined
      ? { projectionType: 'KEYS_ONLY' }
      : { projectionType: 'INCLUDE', nonKeyAttributes: literals(projections) }),
  };
}

/**
 * A table, billed per request: encrypted, TLS only, with point-in-time recovery and deletion protection.
 *
 * @example
 * import type { TerraformStack } from 'cdktf';
 * import type { BatchPlatform } from 'cdktf-batch-jobs';
 * import { Table } from 'cdktf-batch-jobs/resources';
 *
 * declare const stack: TerraformStack;
 * declare const platform: BatchPlatform;
 * new Table(stack, 'orders', {
 *   ...platform.context,
 *   properties: { primaryKey: { partitionKey: { name: 'id', type: 'string' } } },
 * });
 */
export class Table extends Construct implements Companion<'dynamo-db-table'> {
  readonly type = 'dynamo-db-table';
  readonly arn: string;
  /** Undefined if the table has no stream. */
  readonly streamArn?: string;
  readonly params: Companion<'dynamo-db-table', typeof TABLE_PARAMS>['params'];
  /** The table, if the stack creates it. */
  readonly table?: DynamodbTable;

  constructor(scope: Construct, id: string, given: TableProps) {
    super(scope, id);
    const { stackName, aws, existing, properties } = companionProps(this, given, dynamoDbTable);
    if (existing !== undefined) {
      this.arn = existing.arn;
      this.streamArn = existing.streamArn;
      this.params = { arn: this.arn, name: existing.arn.split('/').at(-1), streamArn: this.streamArn };
      return;
    }
    const props = parse(tableProperties, properties, this.node.path);
    const { partitionKey, sortKey } = props.primaryKey;
    const keys = [props.primaryKey, ...(props.secondaryIndexes ?? [])]
      .flatMap((key) => (key.sortKey === undefined ? [key.partitionKey] : [key.partitionKey, key.sortKey]))
      .filter(({ name }, index, all) => all.findIndex((other) => other.name === name) === index);
    this.table = new DynamodbTable(this, 'Resource', {
      name: physicalName(NAME_LIMITS.dynamoDbTable, stackName, id),
      billingMode: 'PAY_PER_REQUEST',
      attribute: keys.map(({ name, type }) => ({ name: literal(name), type: TYPE_LETTERS[type] })),
      hashKey: literal(partitionKey.name),
      ...(sortKey && { rangeKey: literal(sortKey.name) }),
      ...(props.secondaryIndexes?.length && { globalSecondaryIndex: props.secondaryIndexes.map(globalIndex) }),
      ...(props.streamType && { streamEnabled: true, streamViewType: props.streamType }),
      pointInTimeRecovery: { enabled: props.enablePointInTimeRecovery ?? props.pointInTimeRecovery ?? true },
      // Without it, DynamoDB uses an AWS owned key.
      ...tableEncryption(aws ?? {}),
      deletionProtectionEnabled: props.deletionProtection,
    });
    this.arn = this.table.arn;
    this.streamArn = props.streamType === undefined ? undefined : this.table.streamArn;
    this.params = { arn: this.arn, name: this.table.name, streamArn: this.streamArn };
    this.refuseWithoutTls(this.table);
  }

  /** DynamoDB also accepts plain HTTP: https://docs.aws.amazon.com/general/latest/gr/ddb.html */
  private refuseWithoutTls({ arn }: DynamodbTable): void {
    new DynamodbResourcePolicy(this, 'Policy', {
      resourceArn: arn,
      policy: jsonLiteral({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'TlsOnly',
            Effect: 'Deny',
            Principal: '*',
            Action: 'dynamodb:*',
            Resource: [arn, `${arn}/index/*`],
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      }),
    });
  }
}
