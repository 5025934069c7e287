// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { TerraformVariable } from 'cdktf';
import { ExistingVpc } from '../../../modules/network/existing-vpc';
import { EfsFilesystem, type EfsFilesystemProps } from '../../../modules/resources/efs-filesystem/construct';
import { efsFilesystem } from '../../../modules/resources/efs-filesystem/schema';
import { problemsWith, tokens } from '../../stack-config/samples';
import { foreignStack, jobsStack, Synthesis } from '../../synthesis';
import { context, resolved, withContext } from '../context';

type Props = Pick<EfsFilesystemProps, 'properties' | 'existing'>;
const ARN = 'arn:aws:elasticfilesystem:eu-west-1:123456789012:file-system/fs-0123456789abcdef0';

const synthesize = (props: Props = {}) =>
  withContext((stack, given) => new EfsFilesystem(stack, 'models', { ...given, ...props }));

function toldOf(props: Props) {
  const stack = foreignStack();
  const { params, ingressRule, mountTargets } = new EfsFilesystem(stack, 'models', { ...context(stack), ...props });
  return resolved(stack, { params, ingressRule, mountTargets: mountTargets.length });
}

describe('EfsFilesystem', () => {
  it('is encrypted, backed up, protected, TLS only, behind a group without rules, and in each subnet', () => {
    const synthesis = synthesize();
    expect(synthesis.types).toEqual([
      'aws_efs_backup_policy',
      'aws_efs_file_system',
      'aws_efs_file_system_policy',
      'aws_efs_mount_target 2',
      'aws_security_group',
    ]);
    expect(synthesis.one('aws_efs_file_system')).toEqual({
      encrypted: true,
      throughput_mode: 'elastic',
      tags: { Name: 'reports-models' },
      lifecycle: { prevent_destroy: true },
    });
    expect(synthesis.one('aws_efs_backup_policy')).toMatchObject({ backup_policy: { status: 'ENABLED' } });
    expect(JSON.parse(String(synthesis.one('aws_efs_file_system_policy').policy)).Statement).toEqual([
      {
        Sid: 'TlsOnly',
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: [
          'elasticfilesystem:ClientMount',
          'elasticfilesystem:ClientRootAccess',
          'elasticfilesystem:ClientWrite',
        ],
        Resource: '${aws_efs_file_system.models.arn}',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ]);
    expect(synthesis.all('aws_efs_mount_target')).toEqual(
      ['subnet-2', 'subnet-1'].map((subnet_id) => ({
        file_system_id: '${aws_efs_file_system.models.id}',
        security_groups: ['${aws_security_group.models_SecurityGroup.id}'],
        subnet_id,
      })),
    );
    expect(synthesis.one('aws_security_group')).toMatchObject({ name_prefix: 'efs-reports-models-' });
    expect(synthesis.one('aws_security_group')).not.toHaveProperty('ingress');
  });

  it('takes every property', () => {
    const properties = {
      backupEnabled: false,
      throughputMode: 'provisioned',
      provisionedThroughputInMibps: 64,
      infrequentAccessAfterDays: 30,
      deletionProtection: false,
      subnetIds: ['subnet-9'],
    } as const;
    const synthesis = synthesize({ properties: { ...properties, subnetIds: [...properties.subnetIds] } });
    expect(synthesis.one('aws_efs_file_system')).toEqual({
      encrypted: true,
      throughput_mode: 'provisioned',
      provisioned_throughput_in_mibps: 64,
      lifecycle_policy: [{ transition_to_ia: 'AFTER_30_DAYS' }],
      tags: { Name: 'reports-models' },
    });
    expect(synthesis.one('aws_efs_backup_policy')).toMatchObject({ backup_policy: { status: 'DISABLED' } });
    expect(synthesis.one('aws_efs_mount_target')).toMatchObject({ subnet_id: 'subnet-9' });
    const oneDay = synthesize({ properties: { infrequentAccessAfterDays: 1 } });
    expect(oneDay.one('aws_efs_file_system').lifecycle_policy).toEqual([{ transition_to_ia: 'AFTER_1_DAY' }]);
  });

  it('has one mount target in each zone of the network that the stack makes, wherever its subnets are', () => {
    const stack = jobsStack({}, { resources: { models: { type: 'efs-filesystem' } } });
    const target = new Synthesis(stack).one('aws_efs_mount_target');
    expect(target.subnet_id).toBe('${each.value}');
    expect(String(target.for_each)).toMatch(
      /^\$\{\{for zone, ids in \{for subnet in \[aws_subnet\.\S+, aws_subnet\.\S+, aws_subnet\.\S+\] : subnet\.availability_zone => subnet\.id\.\.\.\} : zone => ids\[0\]\}\}$/,
    );
  });

  it('asks for the zones of existing subnets, and takes the first of each zone', () => {
    const stack = foreignStack();
    const network = new ExistingVpc(stack, 'vpc', {
      stackName: 'reports',
      vpcId: 'vpc-1',
      subnetIds: ['subnet-b', 'subnet-a'],
    });
    new EfsFilesystem(stack, 'models', { ...context(stack), network });
    new EfsFilesystem(stack, 'more', { ...context(foreignStack()), network });
    const synthesis = new Synthesis(stack);
    const data = synthesis.section('data') as { readonly aws_subnet: object };
    expect(Object.values(data.aws_subnet)).toEqual([
      { for_each: '${toset(["subnet-b", "subnet-a"])}', id: '${each.value}' },
    ]);
    expect(synthesis.all('aws_efs_mount_target')[0]?.for_each).toBe(
      '${{for zone, ids in {for subnet in [for id in ["subnet-b","subnet-a"] : data.aws_subnet.vpc_Subnets[id]] : subnet.availability_zone => subnet.id...} : zone => ids[0]}}',
    );
  });

  it('has one mount target in each subnet that only Terraform knows', () => {
    const { TEXT } = tokens();
    const stack = foreignStack();
    const network = new ExistingVpc(stack, 'vpc', { stackName: 'reports', vpcId: 'vpc-1', subnetIds: [TEXT] });
    expect(network.subnetIdByZone()).toBeUndefined();
    new EfsFilesystem(stack, 'models', { ...context(stack), network });
    expect(stack.node.tryFindChild('models')?.node.tryFindChild('MountTarget-1')).toBeDefined();
  });

  it.each(['of the network', 'of the file system'])(
    'has as many mount targets as a list %s that only Terraform knows',
    (whose) => {
      const stack = foreignStack();
      const subnetIds = new TerraformVariable(stack, 'subnets', { type: 'list(string)' }).listValue;
      const network = new ExistingVpc(stack, 'vpc', { stackName: 'reports', vpcId: 'vpc-1', subnetIds });
      const given = whose === 'of the network' ? { network } : { properties: { subnetIds } };
      new EfsFilesystem(stack, 'models', { ...context(stack), ...given });
      expect(new Synthesis(stack).one('aws_efs_mount_target')).toMatchObject({
        count: '${length(var.subnets)}',
        subnet_id: '${element(var.subnets, count.index)}',
      });
    },
  );

  it('says who it is, and which port to open', () => {
    expect(toldOf({})).toEqual({
      params: { id: '${aws_efs_file_system.models.id}', arn: '${aws_efs_file_system.models.arn}' },
      ingressRule: {
        key: 'stack/models',
        securityGroupId: '${aws_security_group.models_SecurityGroup.id}',
        port: 2049,
      },
      mountTargets: 2,
    });
  });

  it('stands for one that is there', () => {
    expect(synthesize({ existing: { arn: ARN } }).types).toEqual([]);
    expect(toldOf({ existing: { arn: ARN } })).toEqual({
      params: { id: 'fs-0123456789abcdef0', arn: ARN },
      mountTargets: 0,
    });
    expect(toldOf({ existing: { arn: ARN, securityGroupId: 'sg-12345678' } })).toMatchObject({
      ingressRule: { securityGroupId: 'sg-12345678', port: 2049 },
    });
    const stack = foreignStack();
    const arn = new TerraformVariable(stack, 'arn', { type: 'string' }).stringValue;
    const { params } = new EfsFilesystem(stack, 'models', { ...context(stack), existing: { arn } });
    expect(resolved(stack, params)).toEqual({ id: '${element(split("/", var.arn), 1)}', arn: '${var.arn}' });
  });

  it.each<[object, string, string]>([
    [
      { throughputMode: 'provisioned' },
      'properties.provisionedThroughputInMibps',
      'add it, or use another throughputMode',
    ],
    [
      { provisionedThroughputInMibps: 64 },
      'properties.provisionedThroughputInMibps',
      'remove it, or set throughputMode: provisioned',
    ],
    [
      { throughputMode: 'provisioned', provisionedThroughputInMibps: 4000 },
      'properties.provisionedThroughputInMibps',
      'use 1 to 3,414 MiB/s',
    ],
    [{ infrequentAccessAfterDays: 20 }, 'properties.infrequentAccessAfterDays', 'use 14 or 30'],
    [{ subnetIds: [] }, 'properties.subnetIds', 'add an entry'],
    [{ performanceMode: 'maxIO' }, 'properties.performanceMode', 'remove it'],
  ])('refuses %j', (properties, path, fix) => {
    const problems = problemsWith(efsFilesystem, { type: 'efs-filesystem', properties });
    expect(problems.map((problem) => [problem.path, problem.fix])).toEqual([[path, fix]]);
  });

  it.each([
    ['fs-0123456789abcdef0', 'write the whole ARN, which ends with file-system/fs-0123456789abcdef0'],
    ['arn:aws:s3:::models', 'copy the ARN from the console'],
  ])('refuses the ARN %s', (arn, fix) => {
    const problems = problemsWith(efsFilesystem, { type: 'efs-filesystem', existing: { arn } });
    expect(problems.map((problem) => [problem.path, problem.fix])).toEqual([['existing.arn', fix]]);
  });
});
