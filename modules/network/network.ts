import type { ITerraformDependable } from 'cdktf';

/** Where the instances of the compute environments stand. */
export interface Network {
  /** Id of the VPC. */
  readonly vpcId: string;
  /** Ids of the subnets, best one a zone: more zones find more capacity. */
  readonly subnetIds: string[];
  /** Ids of the security groups of the instances. */
  readonly securityGroupIds: string[];
  /** Ids of subnets with public addresses, no two of one zone, for load balancers. @default {@link subnetIds} */
  readonly publicSubnetIds?: string[];
  /** Ids of subnets without a way to the internet, for databases; made at the first call. @default {@link subnetIds} */
  isolatedSubnetIds?(): string[];
  /** The way to the internet, if it is made together with the network: what has a public address is made after it and destroyed before it. */
  readonly internetRoute?: ITerraformDependable;
}
