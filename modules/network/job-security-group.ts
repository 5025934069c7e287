import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type { Construct } from 'constructs';
import { nameTag } from '../rules/descriptions';
import { NAME_LIMITS, physicalNamePrefix } from '../rules/naming';

/** A port of a resource with a security group. */
interface Destination {
  readonly securityGroupId: string;
  readonly port: number;
}

/** Whose group it is: the beginning of its name, and its description. */
export interface GroupOwner {
  readonly name: string;
  readonly description: string;
}

const JOBS: GroupOwner = { name: 'batch', description: 'Instances of batch jobs: no ingress' };

const EVERYTHING = { fromPort: 0, toPort: 0, protocol: '-1', cidrBlocks: ['0.0.0.0/0'], ipv6CidrBlocks: ['::/0'] };

/**
 * The security group of the instances, or of another caller in the network: no inbound connections.
 *
 * @param destinations where outbound connections are allowed to
 * @default destinations - all outbound connections
 */
export function createJobSecurityGroup(
  scope: Construct,
  vpcId: string,
  stackName: string,
  destinations?: readonly Destination[],
  { name, description }: GroupOwner = JOBS,
): SecurityGroup {
  return new SecurityGroup(scope, 'SecurityGroup', {
    // A prefix instead of a name: a group cannot be deleted while instances use it, so its replacement must exist next to it.
    // Doesn't begin with the stack's name, because EC2 rejects group names that start with `sg-`, as a stack's name can.
    namePrefix: physicalNamePrefix(NAME_LIMITS.securityGroupPrefix, name, stackName),
    description,
    vpcId,
    egress: destinations?.map(({ securityGroupId, port }) => ({
      fromPort: port,
      toPort: port,
      protocol: 'tcp',
      securityGroups: [securityGroupId],
    })) ?? [EVERYTHING],
    tags: nameTag(stackName, name),
    lifecycle: { createBeforeDestroy: true },
  });
}
