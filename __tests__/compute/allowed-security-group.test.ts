import { capacityKey } from '../../modules/compute/capacity';
import { Synthesis } from '../synthesis';
import { capacity, demand, stack } from './capacity-stack';

describe('jobs that are admitted to something in the network', () => {
  const orders = { key: 'reports/orders', securityGroupId: 'sg-orders', port: 5432 };
  const cache = { key: 'reports/cache', securityGroupId: 'sg-cache', port: 6379 };

  it('get capacity of their own, shared by those that are admitted to the same', () => {
    const plain = capacity.pool(demand());
    const admitted = capacity.pool(demand({ ingressRules: [orders, cache] }));
    expect(capacity.pool(demand({ ingressRules: [cache, orders] }))).toBe(admitted);
    expect(capacity.pool(demand({ ingressRules: [orders] }))).not.toBe(admitted);
    expect(capacity.pool(demand({ ingressRules: [] }))).toBe(plain);
    expect(capacity.pools.size).toBe(3);
  });

  it('with a name that says so, and others keep theirs', () => {
    expect(capacityKey(demand())).toBe('on-demand-cpu-x86-64');
    expect(capacityKey(demand({ ingressRules: [orders] }))).toMatch(/^on-demand-cpu-x86-64-to-[0-9a-f]{8}$/);
    expect(capacityKey(demand({ ingressRules: [orders], instanceTypes: ['m7i'] }))).toMatch(
      /^on-demand-cpu-x86-64-[0-9a-f]{8}-to-[0-9a-f]{8}$/,
    );
  });

  it('and one security group for Spot and on-demand, which each resource lets in at its port', () => {
    capacity.pool(demand());
    capacity.pool(demand({ ingressRules: [orders, cache] }));
    capacity.pool(demand({ spot: true, ingressRules: [orders, cache] }));
    const synthesis = new Synthesis(stack);
    const [groupId = ''] = Object.keys(synthesis.byId('aws_security_group'));
    const id = `\${aws_security_group.${groupId}.id}`;
    expect(Object.keys(synthesis.byId('aws_security_group'))).toHaveLength(1);
    expect(
      synthesis
        .all('aws_vpc_security_group_ingress_rule')
        .map(({ security_group_id, referenced_security_group_id, ip_protocol, from_port, to_port }) => [
          security_group_id,
          referenced_security_group_id,
          ip_protocol,
          from_port,
          to_port,
        ])
        .sort(),
    ).toEqual([
      ['sg-cache', id, 'tcp', 6379, 6379],
      ['sg-orders', id, 'tcp', 5432, 5432],
    ]);
    const groups = synthesis
      .all('aws_batch_compute_environment')
      .map(({ compute_resources }) => (compute_resources as { security_group_ids: string[] }).security_group_ids);
    expect(groups).toEqual([['sg-1'], [id], [id]]);
  });
});
