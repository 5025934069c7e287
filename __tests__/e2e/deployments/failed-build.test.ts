import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { AwsClient } from 'aws4fetch';
import type { BatchJobsConfig } from '../../../modules/stack-config/config';
import { folder, removeFolders } from '../../container/folder';
import { type Deployment, deploy } from '../engines/deployment';
import { emulatorAvailable } from '../engines/ministack';
import { describeWith, type Step, terraformAvailable } from '../engines/terraform';
import { synthesize } from '../synthesize';

type Job = Extract<BatchJobsConfig['resources'][string], { type: 'batch-job' }>['properties'];

const REGION = 'eu-west-1';

function config(buildContextPath: string, properties: Partial<Job> = {}): BatchJobsConfig {
  const container = { packaging: { type: 'custom-dockerfile', properties: { buildContextPath } } } as const;
  return {
    stackName: 'builds',
    region: REGION,
    imageBuilder: 'docker',
    resources: {
      job: { type: 'batch-job', properties: { container, resources: { cpu: 1, memory: 512 }, ...properties } },
    },
  };
}

/** Values without those that are empty, which a refresh writes in another way. */
function filled(values: object = {}) {
  return Object.fromEntries(
    Object.entries(values).filter(
      ([, value]) => value !== null && !isDeepStrictEqual(value, {}) && !isDeepStrictEqual(value, []),
    ),
  );
}

/** A job that changes together with its image in all that it has: capacity, log, permissions, attempts. */
describeWith([terraformAvailable(), emulatorAvailable()], 'a deployment whose image cannot be built', () => {
  const path = process.env.PATH;
  let tools: string;
  let deployment: Deployment;
  let aws: AwsClient;
  let after: ReturnType<typeof synthesize>;

  beforeAll(async () => {
    tools = mkdtempSync(join(tmpdir(), 'docker-'));
    // In place of Docker, of which only the outcome counts here.
    writeFileSync(join(tools, 'docker'), `#!/bin/sh\n[ ! -e '${join(tools, 'broken')}' ]\n`);
    chmodSync(join(tools, 'docker'), 0o755);
    process.env.PATH = `${tools}:${path}`;
    const before = synthesize(config(folder({ Dockerfile: 'FROM scratch\n' })));
    deployment = await deploy(before.dir);
    before.dispose();
    const { credentials } = deployment.emulator;
    aws = new AwsClient({ ...credentials, service: 'batch', region: REGION });
    after = synthesize(
      config(folder({ Dockerfile: 'FROM scratch\nENV NEW=1\n' }), {
        useSpotInstances: true,
        logging: { disabled: true },
        retryConfig: { attempts: 2 },
        iamRoleStatements: [{ Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::new/*'] }],
      }),
    );
  });

  afterAll(async () => {
    process.env.PATH = path;
    await deployment?.dispose();
    after?.dispose();
    removeFolders();
    rmSync(tools, { recursive: true, force: true });
  });

  /** Revisions of the job definition that jobs can be submitted with. */
  async function activeRevisions() {
    const body = JSON.stringify({ jobDefinitionName: 'builds-job', status: 'ACTIVE' });
    const answer = await aws.fetch(`${deployment.emulator.endpoint}/v1/describejobdefinitions`, {
      method: 'POST',
      body,
    });
    const { jobDefinitions } = (await answer.json()) as { jobDefinitions: { revision: number }[] };
    return jobDefinitions.map(({ revision }) => revision);
  }

  it('leaves the job as it was: definition, permissions, log group, state machine and queue', async () => {
    const was = (await deployment.copy.state()).resources;
    writeFileSync(join(tools, 'broken'), '');
    await expect(deployment.copy.applyOf(after.dir)).rejects.toThrow(/local-exec provisioner error/);
    expect(await activeRevisions()).toEqual([1]);
    const is = (await deployment.copy.state()).resources;
    const kept = [...was.values()].filter(
      ({ address, type }) => /\.job_|on-demand-cpu-x86-64-queue/.test(address) && type !== 'aws_iam_role',
    );
    expect(kept.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        'aws_batch_job_definition',
        'aws_batch_job_queue',
        'aws_cloudwatch_log_group',
        'aws_iam_role_policy',
        'aws_lambda_function',
        'aws_sfn_state_machine',
      ]),
    );
    for (const { address, values } of kept)
      expect([address, filled(is.get(address)?.values)]).toEqual([address, filled(values)]);
  });

  it('continues with the next deployment: deletions run last, and the old revision stays', async () => {
    rmSync(join(tools, 'broken'));
    const steps = await deployment.copy.applyOf(after.dir);
    expect(await activeRevisions()).toEqual([1, 2]);
    const at = (moment: Step['at'], action: Step['action'], address: RegExp) => {
      const index = steps.findIndex(
        (step) => step.at === moment && step.action === action && address.test(step.address),
      );
      if (index < 0) throw new Error(`no ${moment} of ${action} ${address}:\n${JSON.stringify(steps, undefined, 1)}`);
      return index;
    };
    const image = at('end', 'create', /^terraform_data\./);
    const definition = at('end', 'update', /^aws_batch_job_definition\./);
    const stateMachine = at('end', 'update', /^aws_sfn_state_machine\./);
    expect(at('begin', 'update', /^aws_iam_role_policy\.job_JobRole/)).toBeGreaterThan(image);
    expect(at('begin', 'update', /^aws_batch_job_definition\./)).toBeGreaterThan(image);
    expect(at('begin', 'delete', /^aws_cloudwatch_log_group\.job_LogGroup/)).toBeGreaterThan(definition);
    expect(at('begin', 'update', /^aws_sfn_state_machine\./)).toBeGreaterThan(definition);
    expect(at('begin', 'delete', /^aws_batch_job_queue\./)).toBeGreaterThan(stateMachine);
    expect(at('begin', 'delete', /^aws_batch_compute_environment\./)).toBeGreaterThan(stateMachine);
  });
});
