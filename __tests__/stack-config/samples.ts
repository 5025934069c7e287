import { TerraformStack, TerraformVariable, Testing, Token } from 'cdktf';
import type { z } from 'zod';
import { parse } from '../../modules/config/parse';
import { ConfigError } from '../../modules/problems/config-error';
import type { Problem } from '../../modules/problems/problem';
import { type BatchJobsConfig, batchJobsConfig } from '../../modules/stack-config/config';
import { found } from '../found';

/** Tokens for values that only Terraform knows, in every form that CDKTF has. */
export function tokens() {
  const stack = new TerraformStack(Testing.app(), 'tokens');
  const variable = new TerraformVariable(stack, 'variable', {});
  const [LIST_ITEM = ''] = variable.listValue;
  const [MAP_KEY = ''] = Object.keys(Token.asStringMap(variable.value));
  return { NUMBER: variable.numberValue, TEXT: variable.stringValue, LIST_ITEM, MAP_KEY };
}

/** Properties of the smallest job. */
export const SMALLEST_JOB = {
  container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } } },
  resources: { cpu: 1, memory: 512 },
} as const;

/** The same with all defaults. */
export const SMALLEST_JOB_COMPLETED = {
  container: SMALLEST_JOB.container,
  resources: { cpu: 1, memory: 512, architecture: 'x86_64' },
  useSpotInstances: false,
  logging: { disabled: false, retentionDays: 90 },
  retryConfig: {
    attempts: 1,
    retryIntervalSeconds: 0,
    retryIntervalMultiplier: 1,
    spotInterruption: { freeRestarts: 3, thenOnDemand: false },
  },
  events: [],
  connectTo: [],
  iamRoleStatements: [],
  executionRoleStatements: [],
  tags: {},
  notifications: {},
  alarms: {},
};

/** A config with every property that something is built from today. Fresh at each call, so that tests may change it. */
export function fullConfig() {
  return structuredClone({
    $schema: './batch-jobs.schema.json',
    stackName: 'reports',
    namePrefix: 'acme-',
    region: 'eu-west-1',
    allowedAccountIds: ['123456789012'],
    iam: { permissionsBoundaryArn: 'arn:aws:iam::123456789012:policy/boundary', path: '/batch/' },
    encryption: { kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab' },
    tags: { team: 'data' },
    alarms: {
      failedRuns: {
        threshold: 1,
        periodSeconds: 300,
        notify: [{ snsTopicArn: 'arn:aws:sns:eu-west-1:123456789012:alerts' }],
      },
    },
    notifications: { onFailure: [{ snsTopicArn: 'arn:aws:sns:eu-west-1:123456789012:alerts' }] },
    backend: {
      type: 's3',
      bucket: 'states',
      key: 'reports.tfstate',
      region: 'eu-west-1',
      encrypt: true,
      useLockfile: true,
    },
    compute: { maxVcpus: 64, minVcpus: 2, rootVolumeGb: 50, useLatestMachineImage: true },
    vpc: { vpcId: 'vpc-1', subnetIds: ['subnet-1', 'subnet-2'] },
    imageBuilder: 'docker',
    dashboard: true,
    outputs: [{ name: 'region', value: 'eu-west-1', description: 'Where the stack is' }],
    directives: [],
    cloudformationResources: { clicks: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1 } } },
    resources: {
      nightlyReport: {
        type: 'batch-job',
        properties: {
          container: {
            packaging: {
              type: 'prebuilt-image',
              properties: {
                image: 'busybox:1.37',
                command: ['sh', '-c', 'true'],
                repositoryCredentialsSecretArn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:registry-AbCdEf',
              },
            },
            environment: [{ name: 'FORMAT', value: 'csv' }],
          },
          resources: { cpu: 2, memory: 1800, gpu: 1, instanceTypes: ['g5'], architecture: 'x86_64' },
          timeout: 1200,
          useSpotInstances: true,
          logging: { disabled: false, retentionDays: 30 },
          retryConfig: {
            attempts: 3,
            retryIntervalSeconds: 5,
            retryIntervalMultiplier: 2,
            spotInterruption: { freeRestarts: 2, thenOnDemand: true },
          },
          limits: { concurrentRuns: 5, runsPerHour: 10, runsPerDay: 100, whenExceeded: 'skip' },
          notifications: { onFailure: [], onSuccess: { snsTopicArn: 'arn:aws:sns:eu-west-1:123456789012:done' } },
          alarms: {
            failedRuns: { threshold: 2, periodSeconds: 600, notify: [] },
            oldestWaitingRun: {
              afterSeconds: 600,
              notify: { snsTopicArn: 'arn:aws:sns:eu-west-1:123456789012:alerts' },
            },
          },
          events: [
            { type: 'schedule', properties: { scheduleRate: 'rate(1 hour)', input: { full: true } } },
            { type: 'schedule', properties: { scheduleRate: 'rate(2 hours)', inputPath: '$.detail' } },
            {
              type: 'schedule',
              properties: {
                scheduleRate: 'cron(0 14 * * ? *)',
                inputTransformer: { inputPathsMap: { at: '$.time' }, inputTemplate: '{"at": <at>}' },
              },
            },
          ],
          connectTo: [],
          executionRoleStatements: [
            { Effect: 'Allow', Action: ['kms:Decrypt'], Resource: ['arn:aws:kms:eu-west-1:123456789012:key/a'] },
          ],
          iamRoleStatements: [
            {
              Sid: 'ReadReports',
              Effect: 'Allow',
              Action: ['s3:GetObject'],
              Condition: { Bool: { 'aws:SecureTransport': 'true' } },
              Resource: ['arn:aws:s3:::reports/*'],
            },
          ],
          tags: { job: 'nightly' },
        },
      },
    },
  } satisfies BatchJobsConfig);
}

/** A config of one job, `job`, with some of its properties replaced. */
export function configOf(properties: object): unknown {
  return {
    stackName: 'reports',
    resources: { job: { type: 'batch-job', properties: { ...SMALLEST_JOB, ...properties } } },
  };
}

function refusalOf(schema: z.ZodType, value: unknown): ConfigError | undefined {
  try {
    parse(schema, value, 'test');
    return undefined;
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

/** What is wrong with a value. */
export function problemsWith(schema: z.ZodType, value: unknown): readonly Problem[] {
  const error = refusalOf(schema, value);
  return error === undefined ? [] : found(error);
}

/** The codes of what is wrong with a value. */
export function codesWith(schema: z.ZodType, value: unknown): readonly string[] {
  return (refusalOf(schema, value)?.problems ?? []).map(({ code }) => code);
}

/** What is wrong with a config. */
export function configProblems(config: unknown): readonly Problem[] {
  return problemsWith(batchJobsConfig, config);
}

/** What is wrong with a job, with paths from its properties on. */
export function jobProblems(properties: object): readonly Problem[] {
  const base = 'resources.job.properties.';
  return configProblems(configOf(properties)).map((problem) => {
    expect(problem.path.startsWith(base)).toBe(true);
    return { ...problem, path: problem.path.slice(base.length) };
  });
}
