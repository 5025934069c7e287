// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { Table, type TableProps } from '../../../modules/resources/dynamo-db-table/construct';
import { document, foreignStack } from '../../synthesis';
import { context, resolved, withContext } from '../context';

const primaryKey = { partitionKey: { name: 'id', type: 'string' } } as const;

function made(props: Pick<TableProps, 'properties' | 'existing'> = { properties: { primaryKey } }) {
  return withContext((stack, given) => void new Table(stack, 'orders', { ...given, ...props }));
}

describe('Table', () => {
  it('is a table and its policy', () => {
    expect(made().types).toEqual([
      // TLS only.
      'aws_dynamodb_resource_policy',
      // The table.
      'aws_dynamodb_table',
    ]);
  });

  it('is not restorable if told so, by either name', () => {
    for (const off of [{ pointInTimeRecovery: false }, { enablePointInTimeRecovery: false }]) {
      const properties = { primaryKey: { partitionKey: { name: 'id', type: 'string' } }, ...off } as const;
      expect(made({ properties }).one('aws_dynamodb_table').point_in_time_recovery).toEqual({ enabled: false });
    }
  });

  it('is billed by request, encrypted, restorable and protected, without a stream', () => {
    expect(made().one('aws_dynamodb_table')).toEqual({
      name: 'reports-orders',
      billing_mode: 'PAY_PER_REQUEST',
      attribute: [{ name: 'id', type: 'S' }],
      hash_key: 'id',
      point_in_time_recovery: { enabled: true },
      server_side_encryption: { enabled: true },
      deletion_protection_enabled: true,
    });
  });

  it('has indexes with the keys alone, or with more attributes', () => {
    const customer = { name: 'customer', type: 'string' } as const;
    const secondaryIndexes = [
      { name: 'by-customer', partitionKey: customer, sortKey: { name: 'id', type: 'string' } as const },
      {
        name: 'by-day',
        partitionKey: { name: '${day}', type: 'number' } as const,
        sortKey: customer,
        projections: ['a'],
      },
    ];
    const properties = { primaryKey: { partitionKey: { name: 'id', type: 'string' } }, secondaryIndexes } as const;
    expect(made({ properties: { ...properties, secondaryIndexes } }).one('aws_dynamodb_table')).toMatchObject({
      attribute: [
        { name: 'id', type: 'S' },
        { name: 'customer', type: 'S' },
        { name: '$${day}', type: 'N' },
      ],
      hash_key: 'id',
      global_secondary_index: [
        { name: 'by-customer', hash_key: 'customer', range_key: 'id', projection_type: 'KEYS_ONLY' },
        {
          name: 'by-day',
          hash_key: '$${day}',
          range_key: 'customer',
          projection_type: 'INCLUDE',
          non_key_attributes: ['a'],
        },
      ],
    });
    const without = made({ properties: { primaryKey: properties.primaryKey, secondaryIndexes: [] } });
    expect(without.one('aws_dynamodb_table')).not.toHaveProperty('global_secondary_index');
  });

  it('is made as its properties say', () => {
    const properties = {
      primaryKey: {
        partitionKey: { name: '${id}', type: 'number' },
        sortKey: { name: 'at', type: 'binary' },
      },
      streamType: 'KEYS_ONLY',
      pointInTimeRecovery: false,
      deletionProtection: false,
    } as const;
    expect(made({ properties }).one('aws_dynamodb_table')).toMatchObject({
      attribute: [
        { name: '$${id}', type: 'N' },
        { name: 'at', type: 'B' },
      ],
      hash_key: '$${id}',
      range_key: 'at',
      stream_enabled: true,
      stream_view_type: 'KEYS_ONLY',
      point_in_time_recovery: { enabled: false },
      deletion_protection_enabled: false,
    });
  });

  it('takes no request without TLS', () => {
    const policy = made().one('aws_dynamodb_resource_policy');
    const arn = '${aws_dynamodb_table.orders.arn}';
    expect(policy.resource_arn).toBe(arn);
    expect(document(policy.policy).Statement).toEqual([
      {
        Sid: 'TlsOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 'dynamodb:*',
        Resource: [arn, `${arn}/index/*`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ]);
  });

  it('tells others its ARN, its name, and its stream if it has one', () => {
    const stack = foreignStack();
    const given = context(stack);
    const without = new Table(stack, 'orders', { ...given, properties: { primaryKey } });
    const properties = { primaryKey, streamType: 'NEW_IMAGE' } as const;
    const streaming = new Table(stack, 'invoices', { ...given, properties });
    expect(resolved(stack, [without.params, streaming.streamArn])).toEqual([
      { arn: '${aws_dynamodb_table.orders.arn}', name: '${aws_dynamodb_table.orders.name}' },
      '${aws_dynamodb_table.invoices.stream_arn}',
    ]);
    expect(without.streamArn).toBeUndefined();
    expect(streaming.params.streamArn).toBe(streaming.streamArn);
  });

  it('that is there already is known by its ARNs', () => {
    const stack = foreignStack();
    const arn = 'arn:aws:dynamodb:eu-west-1:123456789012:table/theirs';
    const streamArn = `${arn}/stream/2026-01-01T00:00:00.000`;
    const given = context(stack);
    expect(new Table(stack, 'orders', { ...given, existing: { arn, streamArn } }).params).toEqual({
      arn,
      name: 'theirs',
      streamArn,
    });
    expect(new Table(stack, 'invoices', { ...given, existing: { arn } }).params.streamArn).toBeUndefined();
    expect(made({ existing: { arn } }).types).toEqual([]);
  });

  it('names the construct and what is missing', () => {
    expect(() => made({})).toThrow(/stack\/orders: 1 problem/);
  });
});
