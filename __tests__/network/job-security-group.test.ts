import { createJobSecurityGroup } from '../../modules/network/job-security-group';
import { foreignStack, Synthesis } from '../synthesis';

function group(stackName: string) {
  const stack = foreignStack();
  createJobSecurityGroup(stack, 'vpc-1', stackName);
  return new Synthesis(stack).one('aws_security_group');
}

describe('createJobSecurityGroup', () => {
  it('lets nothing in and everything out', () => {
    expect(group('reports')).toEqual({
      name_prefix: 'batch-reports-',
      description: 'Instances of batch jobs: no ingress',
      vpc_id: 'vpc-1',
      // The provider wants each argument of a rule said, unused ones as null.
      egress: [
        {
          from_port: 0,
          to_port: 0,
          protocol: '-1',
          cidr_blocks: ['0.0.0.0/0'],
          ipv6_cidr_blocks: ['::/0'],
          description: null,
          prefix_list_ids: null,
          security_groups: null,
          self: null,
        },
      ],
      tags: { Name: 'reports-batch' },
      lifecycle: { create_before_destroy: true },
    });
  });

  it('is never named sg-..., which EC2 refuses', () => {
    expect(group('sg-reports').name_prefix).toBe('batch-sg-reports-');
  });

  it('cuts a long name', () => {
    expect(group('a'.repeat(300)).name_prefix).toHaveLength(229);
  });
});
