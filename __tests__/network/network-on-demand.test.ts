import { Fn } from 'cdktf';
import { DefaultVpc } from '../../modules/network/default-vpc';
import type { Network } from '../../modules/network/network';
import { NetworkOnDemand } from '../../modules/network/network-on-demand';
import { foreignStack, typesUnder } from '../synthesis';

describe('a network on demand', () => {
  it('is created once, for the first thing in it', () => {
    const stack = foreignStack();
    const network = new NetworkOnDemand(() => new DefaultVpc(stack, 'network', { stackName: 'reports' }));
    expect(typesUnder(stack)).toEqual([]);
    expect(network.subnetIds).toHaveLength(3);
    expect(network.vpcId).toBe(network.vpcId);
    expect(typesUnder(stack)).toContain('aws_vpc');
  });

  it('is the network in all that a network has', () => {
    const route = { fqn: 'aws_route.internet' };
    const whole: Required<Network> = {
      vpcId: 'vpc-1',
      subnetIds: ['subnet-1'],
      securityGroupIds: ['sg-1'],
      keepsSecurityGroups: true,
      publicSubnetIds: ['subnet-2'],
      subnetIdByZone: () => Fn.merge([]),
      isolatedSubnetIds: () => ['subnet-3'],
      endpointOf: (service) => ({ fqn: service }),
      internetRoute: route,
    };
    const network = new NetworkOnDemand(() => whole);
    for (const key of Object.keys(whole) as (keyof Network)[]) {
      const [given, own] = [whole[key], network[key]];
      if (typeof given !== 'function') expect([key, own]).toEqual([key, given]);
    }
    expect(network.isolatedSubnetIds()).toEqual(['subnet-3']);
    expect(network.subnetIdByZone()).toBeDefined();
    expect(network.endpointOf('dynamodb')).toEqual({ fqn: 'dynamodb' });
  });

  it('has the subnets of a network without isolated ones, as its callers do', () => {
    const network = new NetworkOnDemand(() => ({ vpcId: 'vpc-1', subnetIds: ['subnet-1'], securityGroupIds: [] }));
    expect(network.isolatedSubnetIds()).toEqual(['subnet-1']);
    expect(network.subnetIdByZone()).toBeUndefined();
    expect(network.endpointOf('secretsmanager')).toBeUndefined();
  });
});
