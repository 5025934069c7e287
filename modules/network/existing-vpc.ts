import { Construct } from 'constructs';
import { jobSecurityGroup } from './job-security-group';
import type { Network } from './network';

export interface ExistingVpcProps {
  readonly stackName: string;
  readonly vpcId: string;
  /** Subnets for the instances. They need a way to ECR, ECS, CloudWatch Logs and S3: a public address, NAT, or endpoints. */
  readonly subnetIds: string[];
}

/** A VPC that is there already; only the instances' security group is made in it. */
export class ExistingVpc extends Construct implements Network {
  readonly vpcId: string;
  readonly subnetIds: string[];
  readonly securityGroupIds: string[];

  constructor(scope: Construct, id: string, { stackName, vpcId, subnetIds }: ExistingVpcProps) {
    super(scope, id);
    this.vpcId = vpcId;
    this.subnetIds = subnetIds;
    this.securityGroupIds = [jobSecurityGroup(this, vpcId, stackName).id];
  }
}
