import { SMALLEST_JOB } from './samples';
import { fixesFor } from './with-resources';

const TABLE = 'arn:aws:dynamodb:eu-west-1:123456789012:table/theirs';
const LISTENER =
  'arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/web/0123456789abcdef/fedcba9876543210';
const primaryKey = { partitionKey: { name: 'id', type: 'string' } };
const of = (resource: string, param: string) => `$ResourceParam('${resource}', '${param}')`;
/** A job that asks for a parameter in its environment. */
const asks = (resource: string, param: string) => ({
  type: 'batch-job',
  properties: {
    ...SMALLEST_JOB,
    container: { ...SMALLEST_JOB.container, environment: [{ name: 'VALUE', value: of(resource, param) }] },
  },
});

describe('a parameter that a resource has not', () => {
  const there = (existing: object) => ({ ...existing });
  it.each([
    [
      { type: 'dynamo-db-table', properties: { primaryKey } },
      'streamArn',
      "add streamType: 'NEW_AND_OLD_IMAGES' to the table's properties",
    ],
    [{ type: 'dynamo-db-table', existing: { arn: TABLE } }, 'streamArn', 'add streamArn to existing'],
    [
      { type: 'sqs-queue', existing: { arn: 'arn:aws:sqs:eu-west-1:123456789012:theirs' } },
      'url',
      'use arn or name: the URL of an existing queue is not known',
    ],
    [
      { type: 'application-load-balancer', existing: { listenerArn: LISTENER } },
      'domain',
      'write the name itself: the name of an existing load balancer is not known',
    ],
    [
      { type: 'batch-job', properties: { ...SMALLEST_JOB, logging: { disabled: true } } },
      'logGroupArn',
      'remove logging.disabled from the job: without logs it has no log group',
    ],
  ])('of %j: %s', (resource, param, fix) => {
    expect(fixesFor({ it: there(resource), asker: asks('it', param) })).toEqual([
      `asker.properties.container.environment[0].value: ${fix}`,
    ]);
  });

  it.each([
    [{ type: 'dynamo-db-table', properties: { primaryKey, streamType: 'KEYS_ONLY' } }, 'streamArn'],
    [{ type: 'dynamo-db-table', existing: { arn: TABLE, streamArn: `${TABLE}/stream/2026` } }, 'streamArn'],
    [{ type: 'dynamo-db-table', properties: { primaryKey } }, 'arn'],
    [{ type: 'sqs-queue' }, 'url'],
    [{ type: 'application-load-balancer' }, 'domain'],
    [{ type: 'application-load-balancer', existing: { listenerArn: LISTENER } }, 'arn'],
    [{ type: 'batch-job', properties: SMALLEST_JOB }, 'logGroupArn'],
  ])('is none of %j: %s', (resource, param) => {
    expect(fixesFor({ it: there(resource), asker: asks('it', param) })).toEqual([]);
  });
});
