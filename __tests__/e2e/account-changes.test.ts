import type { BatchJobsConfig } from '../../modules/stack-config/config';
import { type Deployment, deploy } from './engines/deployment';
import { unexplainedChanges } from './engines/emulator-gaps';
import { emulatorAvailable } from './engines/ministack';
import { type AppliedStack, describeWith, terraformAvailable } from './engines/terraform';
import { type SynthesizedStack, synthesize } from './synthesize';

const BOUNDARY = 'arn:aws:iam::123456789012:policy/boundary';

function config(settings: Partial<BatchJobsConfig>, errorLog: boolean): BatchJobsConfig {
  return {
    stackName: 'ruled',
    region: 'eu-west-1',
    ...settings,
    resources: {
      report: {
        type: 'batch-job',
        properties: {
          container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox' } } },
          resources: { cpu: 1, memory: 512 },
          connectTo: [{ name: 'photos', access: 'read', prefix: 'in/' }],
          logging: {
            logForwarding: {
              type: 'http-endpoint',
              errorLog,
              properties: { endpointUrl: 'https://logs.example.com' },
            },
          },
        },
      },
      photos: { type: 'bucket', properties: { forceDestroy: true } },
    },
  };
}

const FIRST = config({ namePrefix: 'acme-', iam: { path: '/teams/reports/', permissionsBoundaryArn: BOUNDARY } }, true);
const OTHER_PATH = config({ namePrefix: 'acme-', iam: { path: '/teams/sales/' } }, false);
const OTHER_PREFIX = config({ namePrefix: 'umbrella-', iam: { path: '/teams/sales/' } }, false);

describeWith([terraformAvailable(), emulatorAvailable()], 'path, boundary, prefix and error log', () => {
  let deployment: Deployment;

  beforeAll(async () => {
    const stack = synthesize(FIRST);
    try {
      deployment = await deploy(stack.dir);
    } finally {
      stack.dispose();
    }
  });
  afterAll(async () => deployment?.dispose());

  /** Deploys a config over what is there. */
  async function become(given: BatchJobsConfig): Promise<AppliedStack> {
    let stack: SynthesizedStack | undefined;
    try {
      stack = synthesize(given);
      await deployment.copy.applyOf(stack.dir);
      return await deployment.copy.state();
    } finally {
      stack?.dispose();
    }
  }

  it('are applied, and a second plan changes nothing', async () => {
    const roles = valuesOf(deployment.applied, 'aws_iam_role');
    expect(roles.length).toBeGreaterThan(5);
    for (const { arn, path, name, permissions_boundary } of roles) {
      expect({ path, permissions_boundary }).toEqual({ path: '/teams/reports/', permissions_boundary: BOUNDARY });
      expect(arn).toBe(`arn:aws:iam::123456789012:role/teams/reports/${name}`);
    }
    expect(namesOf(deployment.applied).filter((name) => !name.includes('acme-ruled'))).toEqual([]);
    expect(forwarding(deployment.applied)).toEqual({
      groups: ['/aws/kinesisfirehose/acme-ruled-report-logs'],
      isOn: true,
    });
    expect(unexplainedChanges(await deployment.copy.planJson())).toEqual([]);
  });

  it('change: roles move to another path without the boundary, and the error log goes', async () => {
    const applied = await become(OTHER_PATH);
    for (const { path, permissions_boundary } of valuesOf(applied, 'aws_iam_role')) {
      expect({ path, isBound: Boolean(permissions_boundary) }).toEqual({ path: '/teams/sales/', isBound: false });
    }
    expect(forwarding(applied)).toEqual({ groups: [], isOn: false });
    expect(unexplainedChanges(await deployment.copy.planJson())).toEqual([]);
  });

  it('change: another prefix renames everything', async () => {
    const applied = await become(OTHER_PREFIX);
    expect(namesOf(applied).filter((name) => !name.includes('umbrella-ruled'))).toEqual([]);
    expect(unexplainedChanges(await deployment.copy.planJson())).toEqual([]);
  });

  it('come back as they were', async () => {
    const applied = await become(FIRST);
    expect(new Set(namesOf(applied))).toEqual(new Set(namesOf(deployment.applied)));
    expect(
      valuesOf(applied, 'aws_iam_role').map(({ arn, permissions_boundary }) => [arn, permissions_boundary]),
    ).toEqual(valuesOf(deployment.applied, 'aws_iam_role').map(({ arn }) => [arn, BOUNDARY]));
    expect(forwarding(applied)).toEqual(forwarding(deployment.applied));
    expect(unexplainedChanges(await deployment.copy.planJson())).toEqual([]);
  });
});

function managed({ resources }: AppliedStack) {
  return [...resources.values()].filter(({ mode }) => mode === 'managed');
}

function valuesOf(applied: AppliedStack, type: string) {
  return managed(applied)
    .filter((one) => one.type === type)
    .map(({ values }) => values);
}

/** Names in AWS that consist of the stack's, without the random characters after a prefix. */
function namesOf(applied: AppliedStack): string[] {
  return managed(applied).flatMap(({ type, values }) => {
    const { name, bucket } = values;
    const given = type === 'aws_s3_bucket' ? bucket : name;
    const isInside = /_policy$|_attachment$|event_target$|log_stream$/.test(type);
    return typeof given === 'string' && !isInside ? [given.replace(/-\d{17,}[\da-f]*$/, '')] : [];
  });
}

/** The log groups of Firehose, and whether its stream writes there. */
function forwarding(applied: AppliedStack) {
  const [stream] = valuesOf(applied, 'aws_kinesis_firehose_delivery_stream');
  const [http] = (stream?.http_endpoint_configuration ?? []) as {
    cloudwatch_logging_options: { enabled: boolean }[];
  }[];
  const groups = valuesOf(applied, 'aws_cloudwatch_log_group').map(({ name }) => String(name));
  return {
    groups: groups.filter((name) => name.startsWith('/aws/kinesisfirehose/')),
    isOn: http?.cloudwatch_logging_options[0]?.enabled ?? false,
  };
}
