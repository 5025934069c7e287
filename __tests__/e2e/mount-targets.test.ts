import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { App, Fn, TerraformStack } from 'cdktf';
import { ExistingVpc } from '../../modules/network/existing-vpc';
import { EfsFilesystem } from '../../modules/resources/efs-filesystem/construct';
import { AwsContext } from '../../modules/terraform/aws-context';
import { type Deployment, deploy } from './engines/deployment';
import { emulatorAvailable } from './engines/ministack';
import { describeWith, terraformAvailable } from './engines/terraform';

const outdir = mkdtempSync(join(tmpdir(), 'mount-targets-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

const idsOf = (subnets: readonly Subnet[]) => subnets.map(({ id }) => id);
const LISTS: { readonly [name: string]: (subnets: readonly Subnet[]) => string[] } = {
  ids: idsOf,
  list: (subnets) => Fn.concat([idsOf(subnets)]),
};

/** Two subnets and a file system in them: Terraform knows their IDs only when it has created them. */
function synthesized(): string {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, 'files');
  new AwsProvider(stack, 'provider', { region: 'eu-west-1' });
  const aws = new AwsContext(stack, 'aws');
  const { id: vpcId } = new Vpc(stack, 'vpc', { cidrBlock: '10.0.0.0/16' });
  const subnets = ['a', 'b'].map(
    (zone, index) =>
      new Subnet(stack, `subnet-${zone}`, {
        vpcId,
        cidrBlock: `10.0.${index}.0/24`,
        availabilityZone: `eu-west-1${zone}`,
      }),
  );
  for (const [name, subnetIds] of Object.entries(LISTS)) {
    const network = new ExistingVpc(stack, `${name}-network`, {
      stackName: name,
      vpcId,
      subnetIds: subnetIds(subnets),
    });
    const properties = { deletionProtection: false };
    new EfsFilesystem(stack, `${name}-files`, { stackName: name, aws, network, properties });
  }
  app.synth();
  return join(outdir, 'stacks', 'files');
}

describeWith([terraformAvailable(), emulatorAvailable()], 'a file system in subnets of the same deployment', () => {
  let deployment: Deployment;

  beforeAll(async () => {
    deployment = await deploy(synthesized());
  });
  afterAll(async () => deployment?.dispose());

  it('has a mount target in each of them, for a list of IDs and for a list that only Terraform knows', async () => {
    const { copy } = deployment;
    expect(await copy.plan()).toEqual({ hasChanges: false, removes: false });
    const resources = [...(await copy.state()).resources.values()];
    const subnets = resources.filter(({ type }) => type === 'aws_subnet').map(({ values }) => values.id);
    const targets = resources.filter(({ type }) => type === 'aws_efs_mount_target');
    for (const name of Object.keys(LISTS)) {
      const own = targets.filter((target) => target.name.startsWith(`${name}-files`));
      expect(own.map(({ values }) => values.subnet_id).sort()).toEqual(subnets.sort());
    }
  });
});
