import { DataAwsPartition } from '@cdktf/provider-aws/lib/data-aws-partition';
import { Eip } from '@cdktf/provider-aws/lib/eip';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway';
import { Route } from '@cdktf/provider-aws/lib/route';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import type { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { nameTag } from '../rules/descriptions';
import { ENDPOINT_SERVICES, endpointServiceName } from '../rules/endpoint-services';
import { NAME_LIMITS, physicalNamePrefix } from '../rules/naming';
import { KEEP_ZONE } from './keep-zone';

/** How instances in private subnets reach other services: one NAT gateway, or an endpoint per service. */
export type Egress = 'nat' | 'endpoints';

export interface PrivateSubnetsProps {
  readonly stackName: string;
  readonly vpc: Vpc;
  readonly region: string;
  readonly egress: Egress;
  /** Address range and zone of each subnet, one per zone. */
  readonly ranges: readonly { readonly cidrBlock: string; readonly availabilityZone: string }[];
  /** Subnet of the NAT gateway. */
  readonly publicSubnet: Subnet;
  /** The public subnet's internet access, without which AWS rejects a NAT gateway. */
  readonly internetRoute: ITerraformDependable;
}

/**
 * Subnets whose instances have no public address. NAT gateway and endpoints are in one zone: both cost per hour and zone, and a job that
 * fails with its zone can run again.
 */
export class PrivateSubnets extends Construct {
  readonly routeTable: RouteTable;
  readonly subnets: readonly Subnet[];

  constructor(scope: Construct, id: string, props: PrivateSubnetsProps) {
    super(scope, id);
    const { stackName, vpc, ranges, egress } = props;
    this.routeTable = new RouteTable(this, 'RouteTable', { vpcId: vpc.id, tags: nameTag(stackName, 'private') });
    this.subnets = ranges.map((range, index) => {
      const number = index + 1;
      const tags = nameTag(stackName, 'private', `${number}`);
      const subnet = new Subnet(this, `Subnet${number}`, { vpcId: vpc.id, ...range, lifecycle: KEEP_ZONE, tags });
      new RouteTableAssociation(this, `Subnet${number}Route`, {
        subnetId: subnet.id,
        routeTableId: this.routeTable.id,
      });
      return subnet;
    });
    if (egress === 'nat') this.createNat(props);
    else this.createEndpoints(props);
  }

  private createNat({ stackName, publicSubnet, internetRoute }: PrivateSubnetsProps): void {
    const tags = nameTag(stackName);
    const address = new Eip(this, 'NatAddress', { domain: 'vpc', tags, dependsOn: [internetRoute] });
    const gateway = new NatGateway(this, 'Nat', {
      allocationId: address.id,
      subnetId: publicSubnet.id,
      tags,
      dependsOn: [internetRoute],
    });
    new Route(this, 'NatRoute', {
      routeTableId: this.routeTable.id,
      destinationCidrBlock: '0.0.0.0/0',
      natGatewayId: gateway.id,
    });
  }

  private createEndpoints({ stackName, vpc, region }: PrivateSubnetsProps): void {
    const securityGroup = new SecurityGroup(this, 'EndpointSecurityGroup', {
      namePrefix: physicalNamePrefix(NAME_LIMITS.securityGroupPrefix, 'endpoints', stackName),
      description: 'Endpoints of AWS services: HTTPS from inside of the VPC',
      vpcId: vpc.id,
      ingress: [{ fromPort: 443, toPort: 443, protocol: 'tcp', cidrBlocks: [vpc.cidrBlock] }],
      tags: nameTag(stackName, 'endpoints'),
      lifecycle: { createBeforeDestroy: true },
    });
    const [first] = this.subnets;
    const { reverseDnsPrefix } = new DataAwsPartition(this, 'Partition');
    for (const service of ENDPOINT_SERVICES) {
      new VpcEndpoint(this, `Endpoint-${service.replace('.', '-')}`, {
        vpcId: vpc.id,
        serviceName: endpointServiceName(service, region, reverseDnsPrefix),
        vpcEndpointType: 'Interface',
        // The services' default names then resolve to the endpoint.
        privateDnsEnabled: true,
        subnetIds: first === undefined ? [] : [first.id],
        securityGroupIds: [securityGroup.id],
        tags: nameTag(stackName, service),
      });
    }
  }
}
