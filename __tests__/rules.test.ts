import {
  DATA_STREAM_ARN,
  QUEUE_ARN,
  STANDARD_QUEUE_ARN,
  STANDARD_TOPIC_ARN,
  TABLE_STREAM_ARN,
  TOPIC_ARN,
} from '../modules/rules/arn-forms';
import { cpuUnitsMeant, MOST_VCPUS } from '../modules/rules/cpu-units';
import { FIFO_BATCH, isFifoName } from '../modules/rules/fifo';
import { CANCEL_AFTER_SECONDS, EXIT_ON_SIGTERM } from '../modules/rules/job-ends';
import { DEFAULT_RETENTION_DAYS, RETENTION_DAYS } from '../modules/rules/log-retention';
import { MOST_MESSAGE_RETENTION_SECONDS } from '../modules/rules/message-retention';
import { DEFAULT_PAYLOAD_FORMAT, PAYLOAD_FORMATS } from '../modules/rules/payload-format';
import { hourlyPrice, PRICE_LIST } from '../modules/rules/prices';
import { QUOTAS } from '../modules/rules/quotas';
import { recommendedVisibility, TRIGGER_TIMEOUT_SECONDS, visibilityFix } from '../modules/rules/trigger-timeout';
import { WAITING } from '../modules/rules/waiting-runs';

it('the limits of AWS are those of its documentation', () => {
  expect(QUOTAS).toEqual({
    tagsOfResource: 50,
    inlinePoliciesOfRole: 10_240,
    managedPolicy: 6_144,
    managedPoliciesOfRole: 10,
    functionPolicy: 20_480,
    functionEnvironment: 4_096,
    queuePolicy: 8_192,
    queuePolicyStatements: 20,
    topicPolicy: 30_720,
    eventBusPolicy: 10_240,
    jobDefinition: 24_576,
    computeEnvironments: 50,
    jobQueues: 50,
    stateMachine: 1_048_576,
    templateByAddress: 1_000_000,
    resourcesOfTemplate: 500,
    rulesOfBus: 300,
    routesOfApi: 300,
    integrationsOfApi: 300,
    authorizersOfApi: 10,
    rulesOfLoadBalancer: 100,
    rulesOfSecurityGroup: 60,
    consumersOfStream: 20,
  });
  expect({ FIFO_BATCH, CANCEL_AFTER_SECONDS, EXIT_ON_SIGTERM, MOST_MESSAGE_RETENTION_SECONDS, MOST_VCPUS }).toEqual({
    FIFO_BATCH: 10,
    CANCEL_AFTER_SECONDS: 600,
    EXIT_ON_SIGTERM: 143,
    MOST_MESSAGE_RETENTION_SECONDS: 1_209_600,
    MOST_VCPUS: 448,
  });
});

it('what is so by default', () => {
  expect(WAITING).toEqual({ min: 60, max: 30 * 24 * 3600, default: 3600 });
  expect([DEFAULT_RETENTION_DAYS, RETENTION_DAYS.length, RETENTION_DAYS.includes(DEFAULT_RETENTION_DAYS)]).toEqual([
    90,
    22,
    true,
  ]);
  expect([DEFAULT_PAYLOAD_FORMAT, ...PAYLOAD_FORMATS]).toEqual(['1.0', '1.0', '2.0']);
});

it('the trigger function answers before an HTTP API gives up, and its queue hides messages for longer', () => {
  expect(TRIGGER_TIMEOUT_SECONDS).toBeLessThan(29);
  expect(recommendedVisibility(TRIGGER_TIMEOUT_SECONDS)).toBe(150);
  expect(visibilityFix(10)).toMatch(/^use 60:/);
});

it('a price is known by its type', () => {
  expect(PRICE_LIST.asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect(hourlyPrice('m5.large')).toBeGreaterThan(0.05);
  expect(hourlyPrice('m5.huge')).toBeUndefined();
});

it.each<[number, string | undefined]>([
  [1, undefined],
  [448, undefined],
  [256, '256 ECS CPU units are 0.25 vCPU: write 1, the next whole number'],
  [1024, '1024 ECS CPU units are 1 vCPU: write 1'],
  [3072, '3072 ECS CPU units are 3 vCPU: write 3'],
  [500, '500 Kubernetes millicores are 0.5 vCPU: write 1, the next whole number'],
  [2000, '2000 Kubernetes millicores are 2 vCPU: write 2'],
  [400, undefined],
  [499, undefined],
  [1001, undefined],
  [384, undefined],
])('a cpu of %i: %s', (cpu, text) => {
  expect(cpuUnitsMeant(cpu)).toBe(text);
});

describe('ARNs', () => {
  const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:123456789012:${rest}`;
  it.each<[string, RegExp, string[], string[]]>([
    [
      'a queue',
      QUEUE_ARN,
      [arn('sqs', 'a-b_c'), arn('sqs', 'a.fifo'), arn('sqs', 'a'.repeat(80))],
      [arn('sqs', 'a.b'), arn('sns', 'a'), arn('sqs', 'a'.repeat(81)), arn('sqs', ''), 'a'],
    ],
    ['a standard queue', STANDARD_QUEUE_ARN, [arn('sqs', 'a')], [arn('sqs', 'a.fifo'), arn('sqs', 'a'.repeat(81))]],
    [
      'a topic',
      TOPIC_ARN,
      [arn('sns', 'a'), arn('sns', 'a.fifo'), arn('sns', 'a'.repeat(256))],
      [arn('sns', 'a'.repeat(257)), arn('sqs', 'a'), 'arn:aws:sns:eu-west-1:12345678901:a'],
    ],
    ['a standard topic', STANDARD_TOPIC_ARN, [arn('sns', 'a')], [arn('sns', 'a.fifo'), arn('sns', 'a'.repeat(257))]],
    [
      'a stream',
      DATA_STREAM_ARN,
      [arn('kinesis', 'stream/a.b-c')],
      [arn('kinesis', 'a'), arn('kinesis', 'stream/a/b')],
    ],
    [
      'the stream of a table',
      TABLE_STREAM_ARN,
      [arn('dynamodb', 'table/a/stream/2026-01-01T00:00:00.000')],
      [arn('dynamodb', 'table/a'), arn('dynamodb', 'table/a/stream/')],
    ],
  ])('of %s', (_, form, right, wrong) => {
    expect([...right, ...wrong].filter((text) => form.test(text))).toEqual(right);
  });

  it('a FIFO name ends in .fifo', () => {
    expect(['a.fifo', 'a.fifo.b', 'fifo'].map(isFifoName)).toEqual([true, false, false]);
  });
});
