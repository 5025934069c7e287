import { DataAwsAvailabilityZones } from '@cdktf/provider-aws/lib/data-aws-availability-zones';
import { DataAwsRegion } from '@cdktf/provider-aws/lib/data-aws-region';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { Route } from '@cdktf/provider-aws/lib/route';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import { jobSecurityGroup } from './job-security-group';
import type { Network } from './network';

/** Address range of the VPC if none is given. */
export const DEFAULT_CIDR_BLOCK = '10.0.0.0/16';

/** Zones a subnet is made in. Where a region offers fewer, zones repeat. */
const ZONES = 3;

export interface DefaultVpcProps {
  readonly stackName: string;
  /** Address range, /16 to /24. @default 10.0.0.0/16 */
  readonly cidrBlock?: string;
}

/**
 * A VPC for jobs: three public subnets across zones, an internet gateway, and a gateway endpoint for S3 (free, and it keeps image layers
 * and data off the internet route). No NAT, so nothing in it costs by the hour; instances get public addresses but accept no connection.
 */
export class DefaultVpc extends Construct implements Network {
  readonly vpc: Vpc;
  readonly subnets: Subnet[];
  readonly vpcId: string;
  readonly subnetIds: string[];
  readonly securityGroupIds: string[];
  readonly internetRoute: Route;

  constructor(scope: Construct, id: string, { stackName, cidrBlock = DEFAULT_CIDR_BLOCK }: DefaultVpcProps) {
    super(scope, id);
    const tags = { Name: stackName };
    this.vpc = new Vpc(this, 'Vpc', { cidrBlock, enableDnsHostnames: true, enableDnsSupport: true, tags });
    const gateway = new InternetGateway(this, 'InternetGateway', { vpcId: this.vpc.id, tags });
    const routeTable = new RouteTable(this, 'RouteTable', { vpcId: this.vpc.id, tags });
    this.internetRoute = new Route(this, 'InternetRoute', {
      routeTableId: routeTable.id,
      destinationCidrBlock: '0.0.0.0/0',
      gatewayId: gateway.id,
    });
    new VpcEndpoint(this, 'S3Endpoint', {
      vpcId: this.vpc.id,
      serviceName: `com.amazonaws.${new DataAwsRegion(this, 'Region').id}.s3`,
      vpcEndpointType: 'Gateway',
      routeTableIds: [routeTable.id],
      tags,
    });
    const zones = new DataAwsAvailabilityZones(this, 'Zones', {
      state: 'available',
      filter: [{ name: 'opt-in-status', values: ['opt-in-not-required'] }],
    });
    this.subnets = Array.from({ length: ZONES }, (_, index) =>
      this.subnet(index, cidrBlock, zones, routeTable, stackName),
    );
    this.vpcId = this.vpc.id;
    this.subnetIds = this.subnets.map((subnet) => subnet.id);
    this.securityGroupIds = [jobSecurityGroup(this, this.vpc.id, stackName).id];
  }

  private subnet(
    index: number,
    cidrBlock: string,
    zones: DataAwsAvailabilityZones,
    routeTable: RouteTable,
    stackName: string,
  ) {
    const number = index + 1;
    const subnet = new Subnet(this, `Subnet${number}`, {
      vpcId: this.vpc.id,
      // Four bits more: sixteen ranges, three in use, so that private subnets can follow without renumbering.
      cidrBlock: Fn.cidrsubnet(cidrBlock, 4, index),
      availabilityZone: Fn.element(zones.names, index),
      mapPublicIpOnLaunch: true,
      tags: { Name: `${stackName}-public-${number}` },
    });
    new RouteTableAssociation(this, `Subnet${number}Route`, { subnetId: subnet.id, routeTableId: routeTable.id });
    return subnet;
  }
}
