import { TerraformIterator, Token } from 'cdktf';
import { Construct } from 'constructs';
import { createJobSecurityGroup } from './job-security-group';
import type { Network } from './network';
import { existingByZone } from './one-a-zone';

/** Properties of {@link ExistingVpc}. */
export interface ExistingVpcProps {
  readonly stackName: string;
  readonly vpcId: string;
  /** Subnets for the instances. They must reach ECR, ECS, CloudWatch Logs and S3: with public addresses, NAT, or endpoints. */
  readonly subnetIds: string[];
  /** Security groups of the instances, in this VPC. @default a new group: no inbound connections, all outbound connections */
  readonly securityGroupIds?: string[];
}

/**
 * An existing VPC. Only the instances' security group is created in it, unless you choose groups.
 *
 * @example
 * import type { TerraformStack } from 'cdktf';
 * import { BatchPlatform, ExistingVpc } from 'cdktf-batch-jobs';
 *
 * declare const stack: TerraformStack;
 * const network = new ExistingVpc(stack, 'network', {
 *   stackName: 'reports',
 *   vpcId: 'vpc-0123456789abcdef0',
 *   subnetIds: ['subnet-0123456789abcdef0'],
 * });
 * new BatchPlatform(stack, 'platform', { network });
 */
export class ExistingVpc extends Construct implements Network {
  readonly vpcId: string;
  readonly subnetIds: string[];
  readonly securityGroupIds: string[];
  readonly keepsSecurityGroups: boolean;
  private zoned?: string;

  constructor(scope: Construct, id: string, { stackName, vpcId, subnetIds, securityGroupIds }: ExistingVpcProps) {
    super(scope, id);
    this.vpcId = vpcId;
    this.subnetIds = subnetIds;
    this.keepsSecurityGroups = securityGroupIds !== undefined;
    this.securityGroupIds = securityGroupIds ?? [createJobSecurityGroup(this, vpcId, stackName).id];
  }

  /** Reads the zones of the subnets at each plan. Undefined if the subnets' IDs are known only to Terraform. */
  subnetIdByZone(): string | undefined {
    if (Token.isUnresolved(this.subnetIds) || this.subnetIds.some((id) => Token.isUnresolved(id))) return undefined;
    this.zoned ??= this.readZones();
    return this.zoned;
  }

  private readZones(): string {
    // Loaded only if needed: most stacks have no resource with one subnet per zone.
    const { DataAwsSubnet } =
      require('@cdktf/provider-aws/lib/data-aws-subnet') as typeof import('@cdktf/provider-aws/lib/data-aws-subnet');
    const ids = TerraformIterator.fromList(this.subnetIds);
    return existingByZone(new DataAwsSubnet(this, 'Subnets', { forEach: ids, id: ids.value }), this.subnetIds);
  }
}
