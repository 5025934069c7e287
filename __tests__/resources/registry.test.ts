import { z } from 'zod';
import { ANYWHERE, AS_ASKED, IN_ACCOUNT, IN_REGION, OF_NONE, OF_QUEUE, OF_TOPIC } from '../../modules/config/arn-rule';
import { COMPANIONS, type CompanionType, companionOf, companionSchemas } from '../../modules/resources/registry';

interface Told {
  readonly noun: string;
  readonly existingArns?: object;
  readonly propertyArns?: object;
  readonly outputs?: readonly string[];
  readonly isStore?: boolean;
}

// In the order of the published JSON Schema.
const TOLD: readonly (readonly [type: CompanionType, told: Told])[] = [
  ['bucket', { noun: 'bucket', existingArns: { arn: ANYWHERE }, isStore: true }],
  [
    'event-bus',
    {
      noun: 'event bus',
      existingArns: { arn: IN_ACCOUNT },
      propertyArns: { 'policyStatements[].Principal.AWS[]': { region: 'any', account: 'any' } },
    },
  ],
  [
    'application-load-balancer',
    {
      noun: 'load balancer',
      existingArns: { listenerArn: IN_ACCOUNT },
      propertyArns: {
        certificateArn: { ...IN_ACCOUNT, refersTo: OF_NONE },
        'listeners[].certificateArn': { ...IN_ACCOUNT, refersTo: OF_NONE },
        'listeners[].customCertificateArns[]': { ...IN_ACCOUNT, refersTo: OF_NONE },
      },
      outputs: ['domain'],
    },
  ],
  ['dynamo-db-table', { noun: 'table', existingArns: { arn: AS_ASKED, streamArn: AS_ASKED }, isStore: true }],
  [
    'kinesis-stream',
    {
      noun: 'stream',
      existingArns: { arn: AS_ASKED },
      propertyArns: { kmsKeyId: IN_REGION, 'encryption.kmsKeyArn': IN_REGION },
      isStore: true,
    },
  ],
  ['sns-topic', { noun: 'topic', existingArns: { arn: AS_ASKED }, propertyArns: { kmsKeyId: IN_REGION } }],
  [
    'sqs-queue',
    {
      noun: 'queue',
      existingArns: { arn: IN_ACCOUNT },
      propertyArns: { 'redrivePolicy.targetSqsQueueArn': { ...IN_ACCOUNT, refersTo: OF_QUEUE } },
      isStore: true,
    },
  ],
  [
    'function',
    {
      outputs: ['url'],
      noun: 'function',
      existingArns: { arn: IN_REGION, logGroupArn: AS_ASKED },
      propertyArns: {
        'alarms[].notificationTargets.snsTopicArn': { ...IN_REGION, refersTo: OF_TOPIC },
        'alarms[].notificationTargets[].snsTopicArn': { ...IN_REGION, refersTo: OF_TOPIC },
      },
    },
  ],
  ['http-api-gateway', { noun: 'HTTP API', outputs: ['url'] }],
  ['user-auth-pool', { noun: 'user pool' }],
  ['state-machine', { noun: 'state machine', existingArns: { arn: AS_ASKED } }],
  ['relational-database', { noun: 'database' }],
  ['redis-cluster', { noun: 'Redis cluster' }],
  ['existing', { noun: 'resource' }],
  ['efs-filesystem', { noun: 'file system', existingArns: { arn: { region: 'same', account: 'own' } }, isStore: true }],
];

it('are in the order of the JSON Schema', () => {
  expect(COMPANIONS.map(({ type }) => type)).toEqual(TOLD.map(([type]) => type));
});

it.each(TOLD)('%s: what it is called, which ARNs it accepts, and what its stack shows', (type, told) => {
  const descriptor: Told = companionOf(type);
  const { noun, existingArns, propertyArns, outputs, isStore } = descriptor;
  expect({ noun, existingArns, propertyArns, outputs, isStore }).toEqual(told);
});

it('every rule of a type is in its descriptor', () => {
  const counts = COMPANIONS.flatMap(({ type, rules }: { type: string; rules?: () => readonly unknown[] }) =>
    rules === undefined ? [] : [[type, rules().length]],
  );
  expect(counts).toEqual([
    ['application-load-balancer', 1],
    ['sns-topic', 3],
    ['sqs-queue', 1],
    ['relational-database', 1],
    ['efs-filesystem', 2],
  ]);
});

it("a function's events have the schema of the sources, which are above", () => {
  const schemas = companionSchemas(z.array(z.literal('an event')));
  expect(schemas.map((schema) => schema.shape.type.value)).toEqual(TOLD.map(([type]) => type));
  const withEvents = (events: unknown[]) =>
    schemas[7].safeParse({ type: 'function', properties: { packaging: PACKAGING, events } }).error?.issues;
  const issuesOf = (events: unknown[]) => (withEvents(events) ?? []).filter(({ path }) => path[1] === 'events');
  expect(issuesOf(['an event'])).toEqual([]);
  expect(issuesOf(['another'])).toHaveLength(1);
});

const PACKAGING = { type: 'stacktape-lambda-buildpack', properties: { entryfilePath: 'a.ts' } };
