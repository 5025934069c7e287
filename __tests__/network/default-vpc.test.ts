// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { Lb } from '@cdktf/provider-aws/lib/lb';
import { DefaultVpc } from '../../modules/network/default-vpc';
import { foreignStack, Synthesis } from '../synthesis';

function setUp(cidrBlock?: string) {
  const stack = foreignStack();
  const network = new DefaultVpc(stack, 'network', { stackName: 'reports', cidrBlock });
  return { network, synthesis: new Synthesis(stack) };
}

const NAMED = { Name: 'reports' };
const VPC_ID = '${aws_vpc.network_Vpc.id}';

describe('DefaultVpc', () => {
  it('makes, and nothing that costs by the hour', () => {
    expect(setUp().synthesis.types).toEqual([
      'aws_internet_gateway', // images and AWS's services are reached through it
      'aws_main_route_table_association',
      'aws_route', // to the gateway
      'aws_route_table', // one for all subnets
      'aws_security_group', // of the instances
      'aws_subnet 3', // across zones
      'aws_vpc',
      'aws_vpc_endpoint', // to S3, free
    ]);
  });

  it('has a VPC of 10.0.0.0/16 with names, which ECS and S3 are found by', () => {
    expect(setUp().synthesis.one('aws_vpc')).toEqual({
      cidr_block: '10.0.0.0/16',
      enable_dns_hostnames: true,
      enable_dns_support: true,
      tags: NAMED,
    });
  });

  it('takes another range', () => {
    const { synthesis } = setUp('10.7.0.0/20');
    expect(synthesis.one('aws_vpc').cidr_block).toBe('10.7.0.0/20');
    expect(synthesis.one('aws_subnet', 'Subnet1').cidr_block).toBe('${cidrsubnet("10.7.0.0/20", 4, 0)}');
  });

  it.each([1, 2, 3])('has public subnet %i in a separate zone', (number) => {
    const { synthesis } = setUp();
    expect(synthesis.one('aws_subnet', `Subnet${number}`)).toEqual({
      vpc_id: VPC_ID,
      cidr_block: `\${cidrsubnet("10.0.0.0/16", 4, ${number - 1})}`,
      availability_zone: `\${element(data.aws_availability_zones.network_Zones.names, ${number - 1})}`,
      // The list of zones is a live one.
      lifecycle: { ignore_changes: ['availability_zone'] },
      map_public_ip_on_launch: true,
      tags: { Name: `reports-public-${number}` },
    });
  });

  it('uses zones that need no opt-in, no local zones', () => {
    expect(setUp().synthesis.one('data.aws_availability_zones')).toEqual({
      state: 'available',
      filter: [{ name: 'opt-in-status', values: ['opt-in-not-required'] }],
    });
  });

  it('routes to the internet, and to S3 past it, from all subnets', () => {
    const { synthesis } = setUp();
    expect(synthesis.one('aws_main_route_table_association')).toEqual({
      vpc_id: VPC_ID,
      route_table_id: '${aws_route_table.network_RouteTable.id}',
    });
    expect(synthesis.one('aws_route')).toEqual({
      route_table_id: '${aws_route_table.network_RouteTable.id}',
      destination_cidr_block: '0.0.0.0/0',
      gateway_id: '${aws_internet_gateway.network_InternetGateway.id}',
    });
    expect(synthesis.one('aws_vpc_endpoint')).toEqual({
      vpc_id: VPC_ID,
      service_name: 'com.amazonaws.${data.aws_region.network_Region.id}.s3',
      vpc_endpoint_type: 'Gateway',
      route_table_ids: ['${aws_route_table.network_RouteTable.id}'],
      tags: NAMED,
    });
  });

  it('lets nothing in', () => {
    expect(setUp().synthesis.one('aws_security_group')).not.toHaveProperty('ingress');
  });

  it('is a network for capacity', () => {
    const { network } = setUp();
    expect(network.subnetIds).toHaveLength(3);
    expect(network.securityGroupIds).toHaveLength(1);
  });
});

it('gives load balancers one subnet a zone, wherever the subnets are', () => {
  const stack = foreignStack();
  const { publicSubnetIds } = new DefaultVpc(stack, 'network', { stackName: 'reports' });
  new Lb(stack, 'lb', { subnets: publicSubnetIds });
  expect(new Synthesis(stack).one('aws_lb').subnets).toBe(
    '${[for ids in values({for subnet in [aws_subnet.network_Subnet1, aws_subnet.network_Subnet2, aws_subnet.network_Subnet3] : subnet.availability_zone => subnet.id...}) : ids[0]]}',
  );
});

describe('endpoints for callers without a public address', () => {
  const ask = (egress?: 'nat' | 'endpoints') => {
    const stack = foreignStack();
    const network = new DefaultVpc(stack, 'network', { stackName: 'reports', egress });
    const asked = (['secretsmanager', 'dynamodb', 'secretsmanager', 'dynamodb'] as const).map((service) =>
      network.endpointOf(service),
    );
    return { asked, synthesis: new Synthesis(stack) };
  };

  it('are made once, when they are asked for: a gateway to DynamoDB, and one in a zone to Secrets Manager', () => {
    const { asked, synthesis } = ask();
    expect([asked[2], asked[3]]).toEqual([asked[0], asked[1]]);
    expect(synthesis.one('aws_vpc_endpoint', 'DynamoDbEndpoint')).toEqual({
      vpc_id: VPC_ID,
      service_name: 'com.amazonaws.${data.aws_region.network_Region.id}.dynamodb',
      vpc_endpoint_type: 'Gateway',
      route_table_ids: synthesis.one('aws_vpc_endpoint', 'S3Endpoint').route_table_ids,
      tags: { Name: 'reports-dynamodb' },
    });
    expect(synthesis.one('aws_vpc_endpoint', 'secretsmanager')).toMatchObject({
      service_name: 'com.amazonaws.${data.aws_region.network_Region.id}.secretsmanager',
      subnet_ids: ['${aws_subnet.network_Subnet1.id}'],
    });
    expect(synthesis.all('aws_vpc_endpoint')).toHaveLength(3);
  });

  it.each([
    ['nat', 1],
    ['endpoints', 8],
  ] as const)('are not made with private subnets, which have %s', (egress, count) => {
    const { asked, synthesis } = ask(egress);
    expect(asked).toEqual([undefined, undefined, undefined, undefined]);
    expect(synthesis.all('aws_vpc_endpoint')).toHaveLength(count);
  });
});
