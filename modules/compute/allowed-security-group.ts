import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { Construct } from 'constructs';
import type { IngressRule } from '../access/connection';
import { createJobSecurityGroup, type GroupOwner } from '../network/job-security-group';
import { description } from '../rules/descriptions';
import { shortHash } from '../rules/naming';

export interface AllowedSecurityGroupProps {
  readonly stackName: string;
  readonly vpcId: string;
  /** The resources that the group can connect to. Each key is unique. */
  readonly ingressRules: readonly IngressRule[];
  /** Whether the group allows outbound connections to these resources only. @default false: all outbound connections */
  readonly onlyTheirs?: boolean;
  /** Whose group it is, and what the rules call it. @default the instances of jobs */
  readonly owner?: GroupOwner & { readonly callers: string };
}

/** A security group of instances or of a function, and the rules of some resources that allow connections only from that group, to one port. */
export class AllowedSecurityGroup extends Construct {
  readonly securityGroup: SecurityGroup;

  constructor(
    scope: Construct,
    id: string,
    { stackName, vpcId, ingressRules, onlyTheirs, owner }: AllowedSecurityGroupProps,
  ) {
    super(scope, id);
    this.securityGroup = createJobSecurityGroup(this, vpcId, stackName, onlyTheirs ? ingressRules : undefined, owner);
    for (const { key, securityGroupId, port } of ingressRules) {
      new VpcSecurityGroupIngressRule(this, `Ingress-${shortHash(key)}`, {
        securityGroupId,
        referencedSecurityGroupId: this.securityGroup.id,
        description: description('securityGroupRule', owner?.callers ?? `Batch jobs of ${stackName} that connect`),
        ipProtocol: 'tcp',
        fromPort: port,
        toPort: port,
      });
    }
  }
}
