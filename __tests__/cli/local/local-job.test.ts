import { resolve } from 'node:path';
import { Testing } from 'cdktf';
import { placeholderSecrets } from '../../../cli/local/container-environment';
import { LocalBatch } from '../../../cli/local/local-batch';
import { localJob } from '../../../cli/local/local-job';
import { interpret } from '../../../cli/local/state-machine/interpreter';
import { parse } from '../../../modules/config/parse';
import { BatchJobsStack } from '../../../modules/stack';
import { batchJobsConfig } from '../../../modules/stack-config/config';
import { document, Synthesis } from '../../synthesis';
import { NO_FAULTS, recorded } from './scenarios';

const EXAMPLE = resolve('jobs/nightly-report.ts');

/** Each packaging. Images of an `external-buildpack` are not built on a laptop; their job definition is held against AWS's all the same. */
const PACKAGINGS = {
  'prebuilt-image': { image: 'busybox', command: ['true'] },
  'custom-dockerfile': { buildContextPath: resolve('examples/gpu-inference/job') },
  'stacktape-image-buildpack': { entryfilePath: EXAMPLE },
  'external-buildpack': { sourceDirectoryPath: resolve('examples/gpu-inference/job') },
} as const;

/** https://docs.aws.amazon.com/batch/latest/userguide/job_env_vars.html, for jobs that are no array and have one node. */
const SET_BY_BATCH = ['AWS_BATCH_CE_NAME', 'AWS_BATCH_JOB_ATTEMPT', 'AWS_BATCH_JOB_ID', 'AWS_BATCH_JQ_NAME'];

/**
 * What ECS sets in containers on EC2, and why a local run does not:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
 */
const ONLY_IN_AWS: { readonly [name: string]: string } = {
  AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: 'the role of the job: nobody hands out its credentials here',
  AWS_EXECUTION_ENV: 'AWS_ECS_EC2: says that the container runs on ECS, which it does not here',
  ECS_AGENT_URI: 'the ECS agent of the instance: there is none here',
  ECS_CONTAINER_METADATA_URI: 'metadata of the task: there is none here',
  ECS_CONTAINER_METADATA_URI_V4: 'metadata of the task: there is none here',
};

/** What a local run sets and AWS does not, and why. */
const ONLY_HERE: { readonly [name: string]: string } = {
  AWS_EC2_METADATA_DISABLED: 'keeps the job from the credentials of an instance that this machine may be',
};

async function environments(type: keyof typeof PACKAGINGS) {
  const container = {
    packaging: { type, properties: PACKAGINGS[type] },
    environment: { OWN: '1', TOKEN: "$Secret('chat.token')" },
  };
  const properties = { container, resources: { cpu: 1, memory: 512 }, retryConfig: { attempts: 2 } };
  const resources = {
    inbox: { type: 'sqs-queue' },
    report: { type: 'batch-job', properties: { ...properties, connectTo: ['inbox'] } },
  };
  const config = parse(batchJobsConfig, { stackName: 'shop', region: 'eu-west-1', resources }, 'test');
  const local = localJob({ file: resolve('test.json'), config }, 'report', { now: () => new Date(), uuid: () => 'u' });
  return {
    aws: inAws(new Synthesis(new BatchJobsStack(Testing.app(), config, { baseDir: '.' }))),
    here: await onALaptop(local),
  };
}

/** Names, and values where the documents contain them. */
function inAws(synthesis: Synthesis): Map<string, string | undefined> {
  const { environment, secrets } = document<{
    environment: { name: string; value: string }[];
    secrets: { name: string }[];
  }>(synthesis.one('aws_batch_job_definition').container_properties);
  const overrides = JSON.stringify(synthesis.one('aws_sfn_state_machine', 'report_StateMachine').definition);
  return new Map<string, string | undefined>([
    ...environment.map(({ name, value }) => [name, value] as const),
    ...secrets.map(({ name }) => [name, undefined] as const),
    ...[...overrides.matchAll(/Name\\+":\\+"(\w+)/g)].map(([, name = '']) => [name, undefined] as const),
    ...[...SET_BY_BATCH, ...Object.keys(ONLY_IN_AWS)].map((name) => [name, undefined] as const),
  ]);
}

async function onALaptop(job: ReturnType<typeof localJob>): Promise<Map<string, string>> {
  const started: Readonly<Record<string, string>>[] = [];
  const { report } = recorded();
  const ended = Promise.resolve({ exitCode: 0 });
  const batch = new LocalBatch({
    container: job.container,
    retry: job.retry,
    source: {
      description: 'recorder',
      start: async ({ environment }) => {
        started.push(environment);
        return { exited: ended.then(() => {}), ended, signal: () => {} };
      },
    },
    environment: placeholderSecrets(job),
    faults: NO_FAULTS,
    report,
  });
  await interpret(job.definition, { input: { id: 1 }, task: (call) => batch.submit(call) });
  return new Map(Object.entries(started[0] ?? {}));
}

test.each(Object.keys(PACKAGINGS) as (keyof typeof PACKAGINGS)[])(
  'an image of type %s finds the same variables on a laptop and in AWS, except those that are listed',
  async (type) => {
    const { aws, here } = await environments(type);
    const only = (one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>) =>
      [...one.keys()].filter((name) => !other.has(name)).sort();
    expect(only(aws, here)).toEqual(Object.keys(ONLY_IN_AWS));
    expect(only(here, aws)).toEqual(Object.keys(ONLY_HERE));
    expect([...here.keys()]).toEqual(
      expect.arrayContaining(['OWN', 'TOKEN', 'STP_TRIGGER_EVENT_DATA', 'STP_INBOX_URL']),
    );
    // What is written down in AWS is the same here, but for what only a deployment knows.
    for (const [name, value] of aws)
      if (value !== undefined && !value.includes('${')) expect(here.get(name)).toBe(value);
    expect([here.get('AWS_REGION'), here.get('AWS_DEFAULT_REGION')]).toEqual(['eu-west-1', 'eu-west-1']);
  },
);

it('overrides of the job definition and of the state machine hold here, too', () => {
  const overrides = {
    JobDefinition: {
      container_properties: {
        command: ['echo', '${literal}'],
        ulimits: [{ name: 'core', softLimit: 1, hardLimit: 2 }],
      },
      retry_strategy: { attempts: 3, evaluate_on_exit: [{ action: 'retry', on_exit_code: '7' }] },
    },
    StateMachine: { definition: { Comment: 'changed' } },
  };
  const report = {
    type: 'batch-job',
    properties: {
      container: { packaging: { type: 'prebuilt-image', properties: PACKAGINGS['prebuilt-image'] } },
      resources: { cpu: 1, memory: 512 },
    },
    overrides,
  };
  const config = parse(batchJobsConfig, { stackName: 'reports', resources: { report } }, 'test');
  const job = localJob({ file: resolve('test.json'), config }, 'report', { now: () => new Date(), uuid: () => 'u' });
  expect(job.container).toMatchObject({ image: 'busybox', command: ['echo', '${literal}'], ulimits: ['core=1:2'] });
  expect(job.retry).toEqual({ attempts: 3, evaluateOnExit: [{ action: 'RETRY', onExitCode: '7' }] });
  expect(job.definition).toMatchObject({ Comment: 'changed', States: expect.anything() });
});
