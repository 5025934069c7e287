import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type { Construct } from 'constructs';
import { NAME_LIMITS, physicalNamePrefix } from '../naming';
import { nameTag } from '../rules/descriptions';

/** The security group of the instances: nothing may call them, they may call anything. */
export function jobSecurityGroup(scope: Construct, vpcId: string, stackName: string): SecurityGroup {
  return new SecurityGroup(scope, 'SecurityGroup', {
    // A prefix, not a name: a group cannot be deleted while instances use it, so a replacement must stand beside it.
    // Not the stack's name first, as elsewhere: EC2 takes no group's name that starts with `sg-`, which a stack's may.
    namePrefix: physicalNamePrefix(NAME_LIMITS.securityGroupPrefix, 'batch', stackName),
    description: 'Instances of batch jobs: no ingress',
    vpcId,
    egress: [{ fromPort: 0, toPort: 0, protocol: '-1', cidrBlocks: ['0.0.0.0/0'], ipv6CidrBlocks: ['::/0'] }],
    tags: nameTag(stackName, 'batch'),
    lifecycle: { createBeforeDestroy: true },
  });
}
