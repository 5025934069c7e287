import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from '../../modules/config/parse';
import { type BatchJobsConfig, batchJobsConfig } from '../../modules/stack-config/config';
import { s3Options } from '../../modules/stack-config/terraform-state';
import { EVERY_OPTION } from '../config/s3-options';
import { runCommand } from './engines/command';
import { type Deployment, deploy } from './engines/deployment';
import { unexplainedChanges } from './engines/emulator-gaps';
import { emulatorAvailable } from './engines/ministack';
import { describeWith, terraformAvailable } from './engines/terraform';
import { synthesize } from './synthesize';

const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-4cde-9f01-1234567890ab';
const BOUNDARY = 'arn:aws:iam::123456789012:policy/boundary';

const config: BatchJobsConfig = {
  stackName: 'settled',
  region: 'eu-west-1',
  resources: {
    report: {
      type: 'batch-job',
      properties: {
        container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox' } } },
        resources: { cpu: 1, memory: 512 },
        connectTo: ['photos', 'orders'],
      },
    },
    photos: { type: 'bucket' },
    orders: { type: 'sqs-queue' },
    news: { type: 'sns-topic' },
    clicks: { type: 'kinesis-stream' },
    table: {
      type: 'dynamo-db-table',
      properties: { primaryKey: { partitionKey: { name: 'id', type: 'string' } } },
    },
  },
};
const settings: Partial<BatchJobsConfig> = {
  iam: { permissionsBoundaryArn: BOUNDARY },
  encryption: { kmsKeyArn: KEY },
};

describeWith([terraformAvailable(), emulatorAvailable()], 'a stack of an account with rules', () => {
  let deployment: Deployment;

  beforeAll(async () => {
    const stack = synthesize({ ...config, ...settings });
    try {
      deployment = await deploy(stack.dir);
    } finally {
      stack.dispose();
    }
  });
  afterAll(async () => deployment?.dispose());

  it('is applied with boundary and key, and is then as it was asked for', async () => {
    const all = [...deployment.applied.resources.values()];
    const of = (type: string) =>
      all.filter((one) => one.type === type && one.mode === 'managed').map(({ values }) => values);
    expect(of('aws_iam_role').map((role) => role.permissions_boundary)).toEqual(of('aws_iam_role').map(() => BOUNDARY));
    expect(of('aws_sqs_queue').map((queue) => queue.kms_master_key_id)).toEqual([KEY, KEY]);
    expect(of('aws_sns_topic').map((topic) => topic.kms_master_key_id)).toEqual([KEY]);
    // The emulator does not store the key of a template's volume. What follows from the template's version is not known before.
    const changes = unexplainedChanges(await deployment.copy.planJson());
    expect(changes.filter(({ after }) => after !== '(known after apply)').map(({ attribute }) => attribute)).toEqual([
      'block_device_mappings.0.ebs.0.kms_key_id',
    ]);
  });

  it('is refused by Terraform in another account', async () => {
    // The provider of the tests does not ask which account it is in.
    const elsewhere = synthesize({ ...config, ...settings, allowedAccountIds: ['123456789012'] });
    try {
      await expect(deployment.copy.planOf(elsewhere.dir)).rejects.toThrow('AWS account ID not allowed');
    } finally {
      elsewhere.dispose();
    }
  });

  it('goes back to keys of AWS without losing anything', async () => {
    const without = synthesize(config);
    try {
      const { resource_changes = [] } = await deployment.copy.planOf(without.dir);
      const lost = resource_changes.filter(({ change }) => change.actions.includes('delete'));
      // Without this setting, S3 encrypts new objects with its own key, and the old ones stay as they are.
      expect(lost.map(({ type }) => type)).toEqual(['aws_s3_bucket_server_side_encryption_configuration']);
    } finally {
      without.dispose();
    }
  });
});

describeWith([terraformAvailable()], 'the options of the S3 backend', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 's3-backend-'));
    for (const name of ['ca.pem', 'config', 'credentials']) writeFileSync(join(folder, name), '');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are all known to Terraform, which finds nothing wrong before it looks for the profile', async () => {
    const backend = { type: 's3', bucket: 'states', ...EVERY_OPTION } as unknown as BatchJobsConfig['backend'];
    const { backend: checked } = parse(batchJobsConfig, { ...config, backend }, 'test');
    if (checked.type !== 's3') throw new Error('another backend');
    const { bucket, key, region, encrypt } = checked;
    const s3 = { bucket, key, region, encrypt, ...s3Options(checked) };
    writeFileSync(join(folder, 'main.tf.json'), JSON.stringify({ terraform: { backend: { s3 } } }));
    const terraform = process.env.TERRAFORM_BINARY_NAME ?? 'terraform';
    const { stderr } = await runCommand(terraform, ['init', '-no-color'], {
      cwd: folder,
      env: { ...process.env, AWS_PROFILE: undefined },
      timeLimit: 60,
    });
    expect(stderr.match(/^Error: .*$/gm)).toEqual(['Error: failed to get shared config profile, deploys']);
  });
});
