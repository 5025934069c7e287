import { Eip } from '@cdktf/provider-aws/lib/eip';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway';
import { Route } from '@cdktf/provider-aws/lib/route';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import type { Vpc } from '@cdktf/provider-aws/lib/vpc';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { nameTag } from '../rules/descriptions';
import { ENDPOINT_SERVICES } from '../rules/endpoint-services';
import { createInterfaceEndpoints } from './interface-endpoints';
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
    const [subnet] = this.subnets;
    createInterfaceEndpoints(this, { stackName, vpc, region, services: ENDPOINT_SERVICES, subnet });
  }
}
