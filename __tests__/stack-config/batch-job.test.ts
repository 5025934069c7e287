import { parse } from '../../modules/config/parse';
import { batchJobProps } from '../../modules/stack-config/batch-job';
import { jobProblems, problemsWith, SMALLEST_JOB, SMALLEST_JOB_COMPLETED, tokens } from './samples';

const RETENTION =
  '1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1,096, 1,827, 2,192, 2,557, 2,922, 3,288 or 3,653 days';

/** Problems of a job as rows of path, found, accepted, fix. */
function rows(properties: object) {
  return jobProblems(properties).map(({ path, found, accepted, fix }) => [path, found, accepted, fix]);
}

it('fills in every default', () => {
  expect(parse(batchJobProps, SMALLEST_JOB, 'test')).toEqual(SMALLEST_JOB_COMPLETED);
});

it('adds defaults to what is given', () => {
  const given = {
    ...SMALLEST_JOB,
    logging: { disabled: true },
    retryConfig: { attempts: 5, spotInterruption: { thenOnDemand: true } },
    iamRoleStatements: [{ Action: ['sns:Publish'], Resource: ['*'] }],
  };
  expect(parse(batchJobProps, given, 'test')).toMatchObject({
    logging: { disabled: true, retentionDays: 90 },
    retryConfig: { attempts: 5, retryIntervalSeconds: 0, spotInterruption: { freeRestarts: 3, thenOnDemand: true } },
    iamRoleStatements: [{ Effect: 'Allow', Action: ['sns:Publish'], Resource: ['*'] }],
  });
});

it('gives forwarded logs their defaults', () => {
  const forwarding = (logForwarding: object) => {
    const result = batchJobProps.shape.logging.safeParse({ logForwarding });
    return result.success && result.data.logForwarding;
  };
  expect(forwarding({ type: 'http-endpoint', properties: { endpointUrl: 'https://logs.example' } })).toEqual({
    type: 'http-endpoint',
    properties: { endpointUrl: 'https://logs.example', gzipEncodingEnabled: false, parameters: {}, retryDuration: 300 },
  });
  expect(forwarding({ type: 'highlight', properties: { projectId: 'x' } })).toMatchObject({
    properties: { endpointUrl: 'https://pub.highlight.io/v1/logs/firehose' },
  });
  expect(forwarding({ type: 'datadog', properties: { apiKey: "$Secret('datadog.api_key')" } })).toMatchObject({
    properties: { endpointUrl: 'https://aws-kinesis-http-intake.logs.datadoghq.com/v1/input' },
  });
});

it.each([1096, 2192, 2557, 2922, 3288])('keeps logs for %i days, which CloudWatch takes', (retentionDays) => {
  expect(jobProblems({ logging: { retentionDays } })).toEqual([]);
});

describe('a property of the wrong value', () => {
  const cpu = 'a whole number from 1 to 448 vCPUs';
  const memory = 'a whole number from 4 to 25,165,824 MiB';
  const timeout = 'a whole number from 60 to 31,536,000 seconds';
  const shortTimeout = 'AWS Batch rejects a timeout under 60 seconds, and an execution can last one year';
  const action = 'an action such as s3:GetObject or s3:Get*';

  it.each<[object, string, string, string, string]>([
    [{ container: undefined }, 'container', 'nothing', 'an object', 'add it: it is required'],
    [{ container: {} }, 'container.packaging', 'nothing', 'an object', 'add it: it is required'],
    [{ resources: undefined }, 'resources', 'nothing', 'an object', 'add it: it is required'],
    [{ resources: { memory: 512 } }, 'resources.cpu', 'nothing', cpu, 'add it: it is required'],
    [{ resources: { cpu: 1 } }, 'resources.memory', 'nothing', memory, 'add it: it is required'],
    [{ resources: { cpu: 0.5, memory: 512 } }, 'resources.cpu', '0.5', cpu, 'use 1: EC2 jobs need whole vCPUs'],
    [{ resources: { cpu: 0, memory: 512 } }, 'resources.cpu', '0', cpu, 'use 1: EC2 jobs need whole vCPUs'],
    [{ resources: { cpu: 1, memory: 512.5 } }, 'resources.memory', '512.5', memory, 'use 513'],
    [{ resources: { cpu: 1, memory: 3 } }, 'resources.memory', '3', memory, 'memory is in MiB: write 3072 for 3 GiB'],
    [{ resources: { cpu: 1, memory: 0 } }, 'resources.memory', '0', memory, 'use 4 to 25,165,824 MiB'],
    [
      { resources: { cpu: 1, memory: 2_147_483_648 * 1024 } },
      'resources.memory',
      '2199023255552',
      memory,
      'memory is in MiB: write 2097152',
    ],
    [
      { resources: { cpu: 512, memory: 512 } },
      'resources.cpu',
      '512',
      cpu,
      '512 ECS CPU units are 0.5 vCPU: write 1, the next whole number',
    ],
    [{ resources: { cpu: 4096, memory: 512 } }, 'resources.cpu', '4096', cpu, '4096 ECS CPU units are 4 vCPU: write 4'],
    [
      { resources: { cpu: 1500, memory: 512 } },
      'resources.cpu',
      '1500',
      cpu,
      '1500 Kubernetes millicores are 1.5 vCPU: write 2, the next whole number',
    ],
    [
      { resources: { cpu: 449, memory: 512 } },
      'resources.cpu',
      '449',
      cpu,
      'write the number of vCPUs; no instance has more than 448',
    ],
    [{ resources: { cpu: 1, memory: '512' } }, 'resources.memory', '"512"', memory, 'write 512 without quotes'],
    [
      { resources: { cpu: 1, memory: 512, gpu: 0.5 } },
      'resources.gpu',
      '0.5',
      'a whole number from 1 to 16 GPUs',
      'use 1: a container can only have whole GPUs',
    ],
    [
      { resources: { cpu: 1, memory: 512, gpu: 0 } },
      'resources.gpu',
      '0',
      'a whole number from 1 to 16 GPUs',
      'use 1: a container can only have whole GPUs',
    ],
    [
      { resources: { cpu: 1, memory: 512, instanceTypes: [] } },
      'resources.instanceTypes',
      '[]',
      'at least 1 entry',
      'add an entry',
    ],
    [
      { resources: { cpu: 1, memory: 512, instanceTypes: [''] } },
      'resources.instanceTypes[0]',
      '""',
      'an instance type such as m6i.large',
      'write an instance type such as m6i.large',
    ],
    [
      { resources: { cpu: 1, memory: 512, architecture: 'x86' } },
      'resources.architecture',
      '"x86"',
      'x86_64, arm64',
      'did you mean "x86_64"?',
    ],
    [{ timeout: 30 }, 'timeout', '30', timeout, `use 60 to 31,536,000 seconds: ${shortTimeout}`],
    [{ timeout: 31_536_001 }, 'timeout', '31536001', timeout, `use 31536000: ${shortTimeout}`],
    [{ timeout: 60.5 }, 'timeout', '60.5', timeout, `use 61: ${shortTimeout}`],
    [{ timeout: '1h' }, 'timeout', '"1h"', timeout, `write ${timeout}`],
    [{ timeout: null }, 'timeout', 'null', timeout, `write ${timeout}, or remove it`],
    [{ useSpotInstances: 'true' }, 'useSpotInstances', '"true"', 'true or false', 'write true without quotes'],
    [{ logging: { disabled: 0 } }, 'logging.disabled', '0', 'true or false', 'write true or false'],
    [{ logging: { retentionDays: 31 } }, 'logging.retentionDays', '31', RETENTION, 'use 30 or 60'],
    [{ logging: { retentionDays: 9999 } }, 'logging.retentionDays', '9999', RETENTION, 'use 3653'],
    [{ logging: null }, 'logging', 'null', 'an object', 'write an object, or remove it'],
    [{ retryConfig: 3 }, 'retryConfig', '3', 'an object', 'write an object'],
    [
      { retryConfig: { attempts: 2, onOutOfMemory: true } },
      'retryConfig.onOutOfMemory',
      'true',
      'an object such as { maxMemory: 8192 }',
      'write an object such as { maxMemory: 8192 }',
    ],
    [{ retryConfig: { attempts: 0 } }, 'retryConfig.attempts', '0', 'a whole number from 1 to 100 attempts', 'use 1'],
    [
      { retryConfig: { attempts: 101 } },
      'retryConfig.attempts',
      '101',
      'a whole number from 1 to 100 attempts',
      'use 100',
    ],
    [
      { retryConfig: { retryIntervalSeconds: -1 } },
      'retryConfig.retryIntervalSeconds',
      '-1',
      'a whole number from 0 to 31,536,000 seconds',
      'use 0',
    ],
    [
      { retryConfig: { retryIntervalMultiplier: 0.5 } },
      'retryConfig.retryIntervalMultiplier',
      '0.5',
      'a number, 1 or more',
      'use 1',
    ],
    [
      { retryConfig: { spotInterruption: { freeRestarts: 10 } } },
      'retryConfig.spotInterruption.freeRestarts',
      '10',
      'a whole number from 0 to 9 restarts',
      'use 9: AWS Batch starts one job up to 10 times',
    ],
    [
      { retryConfig: { spotInterruption: { thenOnDemand: 1 } } },
      'retryConfig.spotInterruption.thenOnDemand',
      '1',
      'true or false',
      'write true or false',
    ],
    [{ events: {} }, 'events', '{}', 'a list', 'write a list'],
    [{ connectTo: 'reports' }, 'connectTo', '"reports"', 'a list', 'write ["reports"]'],
    [{ iamRoleStatements: {} }, 'iamRoleStatements', '{}', 'a list', 'write a list'],
    [
      { iamRoleStatements: [{ Resource: ['*'] }] },
      'iamRoleStatements[0].Action',
      'nothing',
      'a list of actions such as ["sns:Publish"]',
      'add it: it is required',
    ],
    [
      { iamRoleStatements: [{ Action: 's3:*', Resource: ['*'] }] },
      'iamRoleStatements[0].Action',
      '"s3:*"',
      'a list',
      'write ["s3:*"]',
    ],
    [
      { iamRoleStatements: [{ Action: [], Resource: ['*'] }] },
      'iamRoleStatements[0].Action',
      '[]',
      'at least 1 entry',
      'add an entry',
    ],
    [
      { iamRoleStatements: [{ Action: ['s3'], Resource: ['*'] }] },
      'iamRoleStatements[0].Action[0]',
      '"s3"',
      action,
      'write s3:* or a single action of it',
    ],
    [
      { iamRoleStatements: [{ Action: ['s3.GetObject'], Resource: ['*'] }] },
      'iamRoleStatements[0].Action[0]',
      '"s3.GetObject"',
      action,
      'write <service>:<action>',
    ],
    [
      { iamRoleStatements: [{ Action: ['s3:*'], Resource: [] }] },
      'iamRoleStatements[0].Resource',
      '[]',
      'at least 1 entry',
      'add an entry',
    ],
    [
      { iamRoleStatements: [{ Action: ['s3:*'], Resource: ['my-bucket'] }] },
      'iamRoleStatements[0].Resource[0]',
      '"my-bucket"',
      'an ARN or *',
      'write an ARN such as arn:aws:s3:::reports/*',
    ],
    [
      { iamRoleStatements: [{ Action: ['s3:*'], Resource: '*' }] },
      'iamRoleStatements[0].Resource',
      '"*"',
      'a list',
      'write ["*"]',
    ],
    [
      { iamRoleStatements: [{ Sid: 'read reports', Action: ['s3:*'], Resource: ['*'] }] },
      'iamRoleStatements[0].Sid',
      '"read reports"',
      'letters and digits',
      'write ReadReports',
    ],
    [
      { iamRoleStatements: [{ Effect: 'allow', Action: ['s3:*'], Resource: ['*'] }] },
      'iamRoleStatements[0].Effect',
      '"allow"',
      'Allow, Deny',
      'did you mean "Allow"?',
    ],
    [
      { iamRoleStatements: [{ Condition: 'x', Action: ['s3:*'], Resource: ['*'] }] },
      'iamRoleStatements[0].Condition',
      '"x"',
      'an object',
      'write an object',
    ],
    [
      { tags: { 'aws:job': 'x' } },
      'tags["aws:job"]',
      '"aws:job"',
      'a tag key of 1 to 128 letters, digits, spaces and _ . : / = + - @ that does not start with aws:',
      'rename it: AWS reserves aws:',
    ],
    [
      { tags: { AWS: 'x', 'AwS:job': 'x' } },
      'tags["AwS:job"]',
      '"AwS:job"',
      'a tag key of 1 to 128 letters, digits, spaces and _ . : / = + - @ that does not start with aws:',
      'rename it: AWS reserves aws:',
    ],
    [
      { tags: { '': 'x' } },
      'tags[""]',
      '""',
      'a tag key of 1 to 128 letters, digits, spaces and _ . : / = + - @ that does not start with aws:',
      'shorten or rename the key',
    ],
    [
      { tags: { cost: '#1' } },
      'tags.cost',
      '"#1"',
      'a tag value of up to 256 letters, digits, spaces and _ . : / = + - @',
      'shorten the value, or remove other characters',
    ],
    [
      { tags: { cost: 1 } },
      'tags.cost',
      '1',
      'a tag value of up to 256 letters, digits, spaces and _ . : / = + - @',
      'write "1", in quotes',
    ],
    [
      { tags: ['a'] },
      'tags[0]',
      '"a"',
      'an object such as { name: "NAME", value: "value" }',
      'write an object such as { name: "NAME", value: "value" }',
    ],
    [
      { time_out: 60 },
      'time_out',
      'the unknown property "time_out"',
      'container, resources, timeout, useSpotInstances, logging, retryConfig, forEach, limits, notifications, alarms, events, connectTo, iamRoleStatements, executionRoleStatements, tags',
      'did you mean "timeout"?',
    ],
    [
      { container: SMALLEST_JOB.container.packaging },
      'container.type',
      'the unknown property "type"',
      'packaging, environment',
      'move it to resources.job.properties.container.packaging.type',
    ],
  ])('%j', (properties, path, found, accepted, fix) => {
    expect(rows(properties)).toContainEqual([path, found, accepted, fix]);
    expect(rows(properties).filter((row) => row[0] === path)).toHaveLength(1);
  });
});

it.each([
  { key: 'a'.repeat(129), value: 'x' },
  { key: 'x', value: 'a'.repeat(257) },
])('refuses long tags', ({ key, value }) => {
  expect(jobProblems({ tags: { [key]: value } })).toHaveLength(1);
});

it('takes values at their limits', () => {
  expect(
    jobProblems({
      timeout: 60,
      logging: { retentionDays: 3653 },
      retryConfig: {
        attempts: 100,
        retryIntervalSeconds: 0,
        retryIntervalMultiplier: 1,
        spotInterruption: { freeRestarts: 0 },
      },
      tags: { ['a'.repeat(128)]: 'ü'.repeat(256), 'team:cost-center/1': '', aws: 'aws:x' },
      iamRoleStatements: [
        {
          Effect: 'Deny',
          Action: ['*', 's3:Get*', 'execute-api:Invoke', 's3:?etObject'],
          Resource: ['*', 'arn:aws:s3:::*'],
        },
      ],
    }),
  ).toEqual([]);
  expect(jobProblems({ timeout: 31_536_000, retryConfig: { spotInterruption: { freeRestarts: 9 } } })).toEqual([]);
});

it('refuses waits that together are longer than an execution lives', () => {
  const retryConfig = { attempts: 100, retryIntervalSeconds: 100, retryIntervalMultiplier: 2 };
  expect(jobProblems({ retryConfig })).toEqual([
    {
      path: 'retryConfig',
      found: '100 attempts, first wait 100 s, multiplier 2',
      accepted: 'waits that add up to less than a year',
      fix: expect.stringContaining('lower attempts, retryIntervalSeconds or retryIntervalMultiplier'),
    },
  ]);
  const [problem] = jobProblems({ retryConfig: { ...retryConfig, spotInterruption: { freeRestarts: -1 } } });
  expect(problem).toMatchObject({ path: 'retryConfig' });
  expect(jobProblems({ retryConfig: { ...retryConfig, attempts: '100' } })).toEqual([
    expect.objectContaining({ path: 'retryConfig.attempts' }),
  ]);
});

describe('values that only Terraform knows', () => {
  const { NUMBER, TEXT, LIST_ITEM, MAP_KEY } = tokens();

  it('pass every check of a number, a string, a list and a map', () => {
    const properties = {
      container: {
        packaging: {
          type: 'prebuilt-image',
          properties: { image: TEXT, command: [TEXT, LIST_ITEM], repositoryCredentialsSecretArn: TEXT },
        },
        environment: { NUMBER, TEXT },
      },
      resources: { cpu: NUMBER, memory: NUMBER, gpu: NUMBER, instanceTypes: [LIST_ITEM] },
      logging: { retentionDays: NUMBER },
      events: [{ type: 'schedule', properties: { scheduleRate: TEXT, inputPath: TEXT } }],
      iamRoleStatements: [{ Sid: TEXT, Action: [LIST_ITEM], Resource: [TEXT, `${TEXT}/*`] }],
      tags: { [MAP_KEY]: TEXT, job: TEXT },
    };
    expect(problemsWith(batchJobProps, properties)).toEqual([]);
    expect(jobProblems(properties)).toEqual([]);
  });

  it('are refused where they would shape what is synthesized', () => {
    const retryConfig = {
      attempts: NUMBER,
      retryIntervalSeconds: NUMBER,
      retryIntervalMultiplier: NUMBER,
      spotInterruption: { freeRestarts: NUMBER },
    };
    expect(jobProblems({ timeout: NUMBER, retryConfig }).map(({ path, found, fix }) => [path, found, fix])).toEqual([
      ['timeout', 'a value that only Terraform knows', 'write the number itself: it is needed for the state machine'],
      [
        'retryConfig.attempts',
        'a value that only Terraform knows',
        'write the number itself: it is needed for the state machine',
      ],
      [
        'retryConfig.retryIntervalSeconds',
        'a value that only Terraform knows',
        'write the number itself: it is needed for the state machine',
      ],
      [
        'retryConfig.retryIntervalMultiplier',
        'a value that only Terraform knows',
        'write the number itself: it is needed for the state machine',
      ],
      [
        'retryConfig.spotInterruption.freeRestarts',
        'a value that only Terraform knows',
        'write the number itself: it is needed for the job definition',
      ],
    ]);
  });
});
