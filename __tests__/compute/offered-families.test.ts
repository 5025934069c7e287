// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { Fn } from 'cdktf';
import { capacityKey } from '../../modules/compute/capacity';
import { Synthesis } from '../synthesis';
import { capacity, demand, environmentOf, makeCapacity, stack } from './capacity-stack';

describe('GPU jobs without a list', () => {
  const gpus = (region?: string) => {
    makeCapacity('reports', {}, { region });
    return environmentOf({ gpu: true }).compute_resources.instance_type;
  };

  it.each([
    ['us-east-1', ['g5', 'g6', 'p4d']],
    ['eu-west-1', ['g5', 'p4d']],
    ['eu-west-3', ['g6']],
    ['ap-southeast-1', ['g4dn']],
  ])('get in %s what it offers', (region, families) => {
    expect(gpus(region)).toEqual(families);
    expect(new Synthesis(stack).byId('data.aws_ec2_instance_type_offerings')).toEqual({});
  });

  it.each([undefined, 'cn-north-1', 'eu-west-9', Fn.element(['eu-west-1'], 0)])(
    'get in %s, of which nothing is known here, what Terraform finds',
    (region) => {
      expect(gpus(region)).toBe(
        '${coalescelist(sort(setintersection(["g5", "g6", "p4d"], flatten(regexall("([a-z0-9-]+)[.]", join(",", data.aws_ec2_instance_type_offerings.capacity_GpuOfferings.instance_types))))), ' +
          'sort(setintersection(["g4dn"], flatten(regexall("([a-z0-9-]+)[.]", join(",", data.aws_ec2_instance_type_offerings.capacity_GpuOfferings.instance_types))))), ["g4dn"])}',
      );
      expect(new Synthesis(stack).one('data.aws_ec2_instance_type_offerings')).toEqual({
        filter: [{ name: 'instance-type', values: ['g5.*', 'g6.*', 'p4d.*', 'g4dn.*'] }],
      });
    },
  );

  it('find out once for Spot and on-demand capacity', () => {
    capacity.pool(demand({ gpu: true }));
    capacity.pool(demand({ gpu: true, spot: true }));
    expect(Object.keys(new Synthesis(stack).byId('data.aws_ec2_instance_type_offerings'))).toHaveLength(1);
  });

  it.each([
    ['us-east-1', ['p4d', 'g6', 'g5'], 'on-demand-gpu-x86-64'],
    ['eu-west-1', ['g5', 'p4d'], 'on-demand-gpu-x86-64'],
    ['eu-west-1', ['p4d', 'g6', 'g5'], 'on-demand-gpu-x86-64-c3d4cbe0'],
    [undefined, ['p4d', 'g6', 'g5'], 'on-demand-gpu-x86-64-c3d4cbe0'],
  ])('share capacity in %s with those that list %j if that is the same', (region, instanceTypes, key) => {
    expect(capacityKey(demand({ gpu: true, instanceTypes }), region)).toBe(key);
    expect(capacityKey(demand({ gpu: true }), region)).toBe('on-demand-gpu-x86-64');
  });
});
