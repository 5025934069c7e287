import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type { Construct } from 'constructs';
import { nameTag } from '../rules/descriptions';
import { NAME_LIMITS, physicalNamePrefix } from '../rules/naming';
import type { CompanionContext } from './companion';

/** The security group of a resource in the network. It has no rules: each connection adds its own. */
export function createClosedSecurityGroup(
  scope: Construct,
  kind: string,
  { stackName, network }: Pick<CompanionContext, 'stackName' | 'network'>,
  description: string,
): SecurityGroup {
  return new SecurityGroup(scope, 'SecurityGroup', {
    // Doesn't begin with the stack's name, because EC2 rejects group names that start with `sg-`, as a stack's name can.
    namePrefix: physicalNamePrefix(NAME_LIMITS.securityGroupPrefix, kind, stackName, scope.node.id),
    description,
    vpcId: network.vpcId,
    tags: nameTag(stackName, scope.node.id),
    lifecycle: { createBeforeDestroy: true },
  });
}
