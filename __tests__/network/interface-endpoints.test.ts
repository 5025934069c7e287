// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { DefaultVpc } from '../../modules/network/default-vpc';
import { createInterfaceEndpoints } from '../../modules/network/interface-endpoints';
import { foreignStack, Synthesis } from '../synthesis';

function synthesisOf(...services: Parameters<typeof createInterfaceEndpoints>[1]['services']) {
  const stack = foreignStack();
  const { vpc, subnets } = new DefaultVpc(stack, 'network', { stackName: 'reports' });
  createInterfaceEndpoints(stack, { stackName: 'reports', vpc, region: 'eu-west-1', services, subnet: subnets[1] });
  return new Synthesis(stack);
}

describe('interface endpoints', () => {
  it('are in one subnet, by the name of the service', () => {
    expect(synthesisOf('secretsmanager').one('aws_vpc_endpoint', 'Endpoint-secretsmanager')).toEqual({
      vpc_id: '${aws_vpc.network_Vpc.id}',
      service_name: 'com.amazonaws.eu-west-1.secretsmanager',
      vpc_endpoint_type: 'Interface',
      private_dns_enabled: true,
      subnet_ids: ['${aws_subnet.network_Subnet2.id}'],
      security_group_ids: ['${aws_security_group.EndpointSecurityGroup.id}'],
      tags: { Name: 'reports-secretsmanager' },
    });
  });

  it('share a group that lets in the whole VPC, which finds them by these names, to HTTPS alone', () => {
    const synthesis = synthesisOf('secretsmanager', 'ecr.api');
    expect(synthesis.one('aws_security_group', 'EndpointSecurityGroup')).toMatchObject({
      name_prefix: 'endpoints-reports-',
      ingress: [{ from_port: 443, to_port: 443, protocol: 'tcp', cidr_blocks: ['${aws_vpc.network_Vpc.cidr_block}'] }],
    });
    expect(synthesis.one('aws_security_group', 'EndpointSecurityGroup')).not.toHaveProperty('egress');
    expect(synthesis.one('aws_vpc_endpoint', 'Endpoint-ecr-api').service_name).toBe(
      '${data.aws_partition.Partition.reverse_dns_prefix}.eu-west-1.ecr.api',
    );
  });
});
