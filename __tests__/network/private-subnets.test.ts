// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { DefaultVpc } from '../../modules/network/default-vpc';
import type { Egress } from '../../modules/network/private-subnets';
import { configProblems, SMALLEST_JOB } from '../stack-config/samples';
import { foreignStack, job, jobsStack, resourcesUnder, Synthesis, typesUnder } from '../synthesis';

function synthesize(egress?: Egress) {
  const stack = foreignStack();
  const vpc = new DefaultVpc(stack, 'network', { stackName: 'reports', egress });
  return { vpc, synthesis: new Synthesis(stack) };
}

const PRIVATE = [1, 2, 3].map((number) => `\${aws_subnet.network_Private_Subnet${number}.id}`);

describe('private subnets', () => {
  it('are not there unless asked for', () => {
    const { vpc } = synthesize();
    expect(vpc.privateSubnets).toBeUndefined();
    expect(vpc.subnetIds).toHaveLength(3);
  });

  it('with NAT: one gateway and its address, for three zones', () => {
    const { vpc, synthesis } = synthesize('nat');
    if (vpc.privateSubnets === undefined) throw new Error('no private subnets');
    expect(typesUnder(vpc.privateSubnets)).toEqual([
      'aws_eip',
      'aws_nat_gateway',
      'aws_route',
      'aws_route_table',
      'aws_route_table_association 3',
      'aws_subnet 3',
    ]);
    expect(synthesis.one('aws_nat_gateway')).toEqual({
      allocation_id: '${aws_eip.network_Private_NatAddress.id}',
      subnet_id: '${aws_subnet.network_Subnet1.id}',
      tags: { Name: 'reports' },
      depends_on: ['aws_route.network_InternetRoute'],
    });
    expect(synthesis.one('aws_route', 'NatRoute')).toEqual({
      route_table_id: '${aws_route_table.network_Private_RouteTable.id}',
      destination_cidr_block: '0.0.0.0/0',
      nat_gateway_id: '${aws_nat_gateway.network_Private_Nat.id}',
    });
  });

  it('with endpoints: one of each service in one zone, open to the VPC at 443, and no way to the internet', () => {
    const { vpc, synthesis } = synthesize('endpoints');
    if (vpc.privateSubnets === undefined) throw new Error('no private subnets');
    expect(typesUnder(vpc.privateSubnets)).toEqual([
      'aws_route_table',
      'aws_route_table_association 3',
      'aws_security_group',
      'aws_subnet 3',
      'aws_vpc_endpoint 7',
    ]);
    const endpoints = synthesis
      .all('aws_vpc_endpoint')
      .filter(({ vpc_endpoint_type }) => vpc_endpoint_type === 'Interface');
    expect(endpoints.map(({ service_name }) => String(service_name).replace(/^.*id\}\./, ''))).toEqual([
      'ecr.api',
      'ecr.dkr',
      'ecs',
      'ecs-agent',
      'ecs-telemetry',
      'logs',
      'secretsmanager',
    ]);
    const prefixes = endpoints.map(({ service_name }) => String(service_name).split(/\.\$\{data\.aws_region/)[0]);
    const ofThePartition = '${data.aws_partition.network_Private_Partition.reverse_dns_prefix}';
    expect(prefixes).toEqual([ofThePartition, ofThePartition, ...Array(5).fill('com.amazonaws')]);
    for (const endpoint of endpoints) {
      expect(endpoint).toMatchObject({
        private_dns_enabled: true,
        subnet_ids: [PRIVATE[0]],
        security_group_ids: ['${aws_security_group.network_Private_EndpointSecurityGroup.id}'],
      });
    }
    expect(synthesis.one('aws_security_group', 'EndpointSecurityGroup').ingress).toEqual([
      expect.objectContaining({ from_port: 443, to_port: 443, cidr_blocks: ['${aws_vpc.network_Vpc.cidr_block}'] }),
    ]);
    const routes = synthesis.all('aws_route').map(({ route_table_id }) => route_table_id);
    expect(routes).toEqual(['${aws_route_table.network_RouteTable.id}']);
  });

  it('have ranges of their own, no public addresses, and the gateway of S3', () => {
    const { synthesis } = synthesize('nat');
    const subnet = synthesis.one('aws_subnet', 'Private_Subnet2');
    expect(subnet).toEqual({
      vpc_id: '${aws_vpc.network_Vpc.id}',
      cidr_block: '${cidrsubnet("10.0.0.0/16", 4, 4)}',
      availability_zone: expect.stringContaining('names, 1)'),
      lifecycle: { ignore_changes: ['availability_zone'] },
      tags: { Name: 'reports-private-2' },
    });
    expect(synthesis.one('aws_vpc_endpoint').route_table_ids).toEqual([
      '${aws_route_table.network_RouteTable.id}',
      '${aws_route_table.network_Private_RouteTable.id}',
    ]);
  });

  it('take the instances of a config, while load balancers stay where the internet reaches them', () => {
    const stack = jobsStack(
      { nightly: job() },
      {
        vpc: { privateSubnets: true },
        resources: {
          nightly: { type: 'batch-job', properties: job() },
          web: { type: 'application-load-balancer' },
        },
      },
    );
    const synthesis = new Synthesis(stack);
    const { compute_resources } = synthesis.one('aws_batch_compute_environment');
    expect((compute_resources as { subnets: string[] }).subnets).toEqual(
      PRIVATE.map((id) => id.replace('network_', 'batch-network_')),
    );
    expect(synthesis.one('aws_lb').subnets).toContain(
      '[aws_subnet.batch-network_Subnet1, aws_subnet.batch-network_Subnet2, aws_subnet.batch-network_Subnet3]',
    );
    expect(
      resourcesUnder(stack).filter(({ terraformResourceType }) => terraformResourceType === 'aws_nat_gateway'),
    ).toHaveLength(1);
  });
});

describe('subnets of databases', () => {
  it('are made once, when they are asked for', () => {
    const stack = foreignStack();
    const vpc = new DefaultVpc(stack, 'network', { stackName: 'reports' });
    expect(typesUnder(vpc)).toContain('aws_subnet 3');
    expect(vpc.isolatedSubnetIds()).toHaveLength(3);
    expect(vpc.isolatedSubnetIds()).toHaveLength(3);
    expect(typesUnder(vpc)).toContain('aws_subnet 6');
    const synthesis = new Synthesis(stack);
    expect(synthesis.one('aws_subnet', 'IsolatedSubnet1')).toMatchObject({
      cidr_block: '${cidrsubnet("10.0.0.0/16", 4, 6)}',
    });
    expect(synthesis.all('aws_route')).toHaveLength(1);
  });
});

describe('vpc', () => {
  const problems = (vpc: object, image = 'busybox:1.37') =>
    configProblems({
      stackName: 'reports',
      vpc,
      resources: {
        job: {
          type: 'batch-job',
          properties: { ...SMALLEST_JOB, container: { packaging: { type: 'prebuilt-image', properties: { image } } } },
        },
      },
    }).map(({ path, fix }) => [path, fix]);

  it('takes private subnets with either way out', () => {
    expect(problems({ privateSubnets: true })).toEqual([]);
    const image = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/job:1';
    expect(problems({ privateSubnets: true, egress: 'endpoints' }, image)).toEqual([]);
  });

  it('refuses a way out of public subnets, and private subnets of a VPC that is there', () => {
    expect(problems({ egress: 'nat' })).toEqual([['vpc.egress', 'add privateSubnets: true']]);
    expect(problems({ vpcId: 'vpc-1', subnetIds: ['subnet-1'], privateSubnets: true })).toEqual([
      ['vpc.privateSubnets', 'remove privateSubnets, and list private subnets in subnetIds'],
    ]);
  });

  it('refuses images that endpoints do not lead to', () => {
    expect(
      problems({ privateSubnets: true, egress: 'endpoints' }, 'public.ecr.aws/docker/library/busybox:1.37'),
    ).toEqual([
      [
        'resources.job.properties.container.packaging.properties.image',
        "copy the image to ECR, or set vpc.egress to 'nat'",
      ],
    ]);
  });
});
