import type { ITerraformDependable } from 'cdktf';
import type { ReachedService } from '../rules/endpoint-services';

/** The network of the compute environments' instances. */
export interface Network {
  /** ID of the VPC. */
  readonly vpcId: string;
  /** IDs of the subnets, ideally one per zone: more zones offer more capacity. */
  readonly subnetIds: string[];
  /** IDs of the security groups of the instances. */
  readonly securityGroupIds: string[];
  /**
   * Whether jobs that connect to databases keep these security groups. They then also get a group that allows connections to these
   * databases only. @default false: they get only a group of the stack, which allows all outbound connections
   */
  readonly keepsSecurityGroups?: boolean;
  /** IDs of subnets with public addresses, at most one per zone, for load balancers. @default {@link subnetIds} */
  readonly publicSubnetIds?: string[];
  /**
   * A map of one of {@link subnetIds} per Availability Zone, for resources that accept only one per zone. The first call creates what it
   * reads. Undefined, or no method, if the zones are unknown at synthesis or the network has one subnet per zone.
   */
  subnetIdByZone?(): string | undefined;
  /** IDs of subnets without internet access, for databases. The first call creates them. @default {@link subnetIds} */
  isolatedSubnetIds?(): string[];
  /**
   * The endpoint by which callers without a public address reach a service. The first call creates it. Undefined, or no method, if they
   * reach it by the routes of {@link subnetIds}.
   */
  endpointOf?(service: ReachedService): ITerraformDependable | undefined;
  /**
   * The internet access, if it is created with the network. Resources with a public address are created after it and destroyed before it.
   */
  readonly internetRoute?: ITerraformDependable;
}
