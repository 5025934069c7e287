import { ExistingVpc } from '../../modules/network/existing-vpc';
import { foreignStack, Synthesis } from '../synthesis';

describe('ExistingVpc', () => {
  it('makes the security group of the instances and nothing else', () => {
    const stack = foreignStack();
    const props = { stackName: 'reports', vpcId: 'vpc-1', subnetIds: ['subnet-1', 'subnet-2'] };
    const network = new ExistingVpc(stack, 'network', props);
    const synthesis = new Synthesis(stack);
    expect(synthesis.types).toEqual(['aws_security_group']);
    expect(synthesis.one('aws_security_group').vpc_id).toBe('vpc-1');
    expect(network.vpcId).toBe('vpc-1');
    expect(network.subnetIds).toEqual(['subnet-1', 'subnet-2']);
    expect(network.securityGroupIds).toHaveLength(1);
  });

  it('makes nothing if the security groups are chosen', () => {
    const stack = foreignStack();
    const props = { stackName: 'reports', vpcId: 'vpc-1', subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'] };
    const network = new ExistingVpc(stack, 'network', props);
    expect(new Synthesis(stack).types).toEqual([]);
    expect(network).toMatchObject({ securityGroupIds: ['sg-1'], keepsSecurityGroups: true });
  });
});
