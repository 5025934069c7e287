import { z } from 'zod';
import { strict } from '../../modules/config/checked';
import { parse } from '../../modules/config/parse';
import { configProblems, fullConfig, SMALLEST_JOB } from '../stack-config/samples';

function fixes(report: object): [path: string, fix: string][] {
  const problems = configProblems({ stackName: 'reports', resources: { report } });
  return problems
    .filter(({ found, path }) => found.startsWith('the unknown property') || path.endsWith('startingPosition'))
    .map(({ path, fix }) => [path.replace('resources.report.', ''), fix.replaceAll('resources.report.', '')]);
}

const inJob = (properties: object) => fixes({ type: 'batch-job', properties: { ...SMALLEST_JOB, ...properties } });
const inEvent = (type: string, properties: object) => inJob({ events: [{ type, properties }] });

/** What a report says of a property that only overrides can set. */
const override = (overrides: object) => `remove it, and set it by overrides: ${JSON.stringify(overrides)}`;

it.each(['comand', 'a "b" c'])('the message names the property %s alone, not what is accepted', (key) => {
  const schema = strict({ command: z.string().optional() });
  const problem = { code: 'unknown-property', message: `Unknown property "${key}".`, accepted: 'command' };
  expect(() => parse(schema, { [key]: 1 }, 'jobs.yml')).toThrow(
    expect.objectContaining({ problems: [expect.objectContaining(problem)] }),
  );
});

describe('a property of the config in the wrong place', () => {
  it.each<[object, string]>([
    [{ cpu: 2 }, 'move it to properties.resources.cpu'],
    [{ memory: 512 }, 'move it to properties.resources.memory'],
    [{ image: 'x' }, 'move it to properties.container.packaging.properties.image (type prebuilt-image)'],
    [{ environment: {} }, 'move it to properties.container.environment'],
    [{ attempts: 3 }, 'move it to properties.retryConfig.attempts'],
    [{ retention_days: 1 }, 'move it to properties.logging.retentionDays'],
    [{ instanceType: 'c7i' }, 'move it to properties.resources.instanceTypes'],
    [{ maxVcpus: 1 }, 'move it to compute.maxVcpus'],
    [{ region: 'x' }, 'move it to the top of the config, as region'],
    [{ overrides: {} }, 'move it to overrides'],
    [
      { batchSize: 10 },
      'move it to properties.events[].properties.batchSize (type sqs, kinesis-stream or dynamo-db-stream)',
    ],
    [{ shardCount: 1 }, 'remove it: it belongs to resources of type kinesis-stream'],
    [{ time_out: 60 }, 'did you mean "timeout"?'],
    [{ name: 'x' }, 'remove it: the name is "report", its key in resources'],
    [{ jobName: 'x' }, 'remove it: the name is "report", its key in resources'],
    [{ event: [] }, 'did you mean "events"?'],
    [{ container: { ...SMALLEST_JOB.container, timeout: 60 } }, 'move it to properties.timeout'],
    [
      { resources: { ...SMALLEST_JOB.resources, command: ['x'] } },
      'move it to properties.container.packaging.properties.command (type prebuilt-image, custom-dockerfile or external-buildpack)',
    ],
    [
      { events: [{ type: 'schedule', scheduleRate: 'x', properties: { scheduleRate: 'rate(1 day)' } }] },
      'move it to properties.events[0].properties.scheduleRate',
    ],
    [
      { events: [{ type: 'sqs', properties: { sqsQueueName: 'q', startingPosition: 'LATEST' } }] },
      'remove it: it belongs to events of type kinesis-stream or dynamo-db-stream',
    ],
    [{ zzz: 1 }, 'remove it'],
  ])('%j', (properties, fix) => {
    expect(inJob(properties).map(([, text]) => text)).toEqual([fix]);
  });

  it('at the top', () => {
    const misplaced = { cpu: 1, privateSubnets: true, maxVcpus: 1 };
    expect(configProblems({ ...fullConfig(), ...misplaced }).map(({ path, fix }) => [path, fix])).toEqual([
      ['cpu', 'move it to resources.<name>.properties.resources.cpu (type batch-job)'],
      ['privateSubnets', 'move it to vpc.privateSubnets'],
      ['maxVcpus', 'move it to compute.maxVcpus'],
    ]);
  });
});

it('overrides of a resource that can only exist already change nothing', () => {
  const arn = 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders';
  expect(fixes({ type: 'state-machine', existing: { arn }, overrides: {} })).toEqual([
    ['overrides', 'remove it: the stack does not change an existing resource'],
  ]);
});

describe('a name that others have for a property', () => {
  it.each<[object, string]>([
    [{ vcpus: 2 }, 'write properties.resources.cpu'],
    [{ env: {} }, 'write properties.container.environment'],
    [{ retries: 3 }, 'write properties.retryConfig.attempts'],
    [{ schedule: 'rate(1 day)' }, 'write properties.events[].properties.scheduleRate (type schedule)'],
    [{ policies: [] }, 'did you mean "iamRoleStatements"?'],
    [{ spot: true }, 'did you mean "useSpotInstances"?'],
    [{ resources: { ...SMALLEST_JOB.resources, vcpus: 1 } }, 'did you mean "cpu"?'],
    [
      { events: [{ type: 'sqs', properties: { sqsQueueName: 'q', maximumBatchingWindowInSeconds: 5 } }] },
      'did you mean "maxBatchWindowSeconds"?',
    ],
    [
      { iamRoleStatements: [{ Action: ['s3:*'], Resource: ['*'], Principal: '*' }] },
      'remove it: the statement is about the job itself; whom else a resource lets in stands in the policy of that resource',
    ],
    [
      { iamRoleStatements: [{ Action: ['s3:*'], Resource: ['*'], notAction: [] }] },
      'list the actions in Action; for all but some, allow all of a service and deny those with Effect: Deny',
    ],
  ])('%j', (properties, fix) => {
    expect(inJob(properties).map(([, text]) => text)).toEqual([fix]);
  });
});

describe('what only overrides can set', () => {
  it.each<[string, object, object]>([
    [
      'sqs',
      { filterCriteria: { filters: [{ pattern: '{}' }] } },
      { Event1Mapping: { filter_criteria: { filter: [{ pattern: '{}' }] } } },
    ],
    [
      'sqs',
      { filterPatterns: [{ body: { a: [1] } }] },
      { Event1Mapping: { filter_criteria: { filter: [{ pattern: { body: { a: [1] } } }] } } },
    ],
    ['sqs', { maximumConcurrency: 5 }, { Event1Mapping: { scaling_config: { maximum_concurrency: 5 } } }],
    [
      'sqs',
      { scalingConfig: { maximumConcurrency: 5 } },
      { Event1Mapping: { scaling_config: { maximum_concurrency: 5 } } },
    ],
    ['sqs', { enabled: false }, { Event1Mapping: { enabled: false } }],
    [
      'kinesis-stream',
      { filters: [{ Pattern: '{}' }] },
      { Event1Mapping: { filter_criteria: { filter: [{ pattern: '{}' }] } } },
    ],
    [
      'dynamo-db-stream',
      { filter: { eventName: ['INSERT'] } },
      { Event1Mapping: { filter_criteria: { filter: [{ pattern: { eventName: ['INSERT'] } }] } } },
    ],
    ['kinesis-stream', { tumblingWindowInSeconds: 5 }, { Event1Mapping: { tumbling_window_in_seconds: 5 } }],
    ['sns', { filterPolicyScope: 'MessageBody' }, { Event1Subscription: { filter_policy_scope: 'MessageBody' } }],
    [
      'schedule',
      { retryPolicy: { maximumRetryAttempts: 1 } },
      { Event1Target: { retry_policy: { maximum_retry_attempts: 1 } } },
    ],
  ])('of a %s event: %j', (type, properties, overrides) => {
    expect(inEvent(type, properties).map(([, text]) => text)).toEqual([override(overrides)]);
  });

  it('of a stream read from a time on, its value and the time', () => {
    const startingPositionTimestamp = '2026-03-01T00:00:00Z';
    const fix = override({
      Event1Mapping: { starting_position: 'AT_TIMESTAMP', starting_position_timestamp: startingPositionTimestamp },
    });
    const properties = { kinesisStreamName: 's', startingPosition: 'AT_TIMESTAMP', startingPositionTimestamp };
    expect(inEvent('kinesis-stream', properties)).toEqual([
      ['properties.events[0].properties.startingPosition', fix],
      ['properties.events[0].properties.startingPositionTimestamp', fix],
    ]);
  });

  it.each<[object, object]>([
    [{ ulimits: [] }, { JobDefinition: { container_properties: { ulimits: [] } } }],
    [
      { container: { ...SMALLEST_JOB.container, privileged: true } },
      { JobDefinition: { container_properties: { privileged: true } } },
    ],
    [{ schedulingPriority: 3 }, { JobDefinition: { scheduling_priority: 3 } }],
    [{ permissionsBoundary: 'arn' }, { JobRole: { permissions_boundary: 'arn' } }],
    [{ tracingConfig: { mode: 'Active' } }, { TriggerFunction: { tracing_config: { mode: 'Active' } } }],
  ])('of a job: %j', (properties, overrides) => {
    expect(inJob(properties).map(([, text]) => text)).toEqual([override(overrides)]);
  });
});
