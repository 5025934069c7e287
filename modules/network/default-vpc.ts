import { DataAwsAvailabilityZones } from '@cdktf/provider-aws/lib/data-aws-availability-zones';
import { DataAwsRegion } from '@cdktf/provider-aws/lib/data-aws-region';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { MainRouteTableAssociation } from '@cdktf/provider-aws/lib/main-route-table-association';
import { Route } from '@cdktf/provider-aws/lib/route';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import { nameTag } from '../rules/descriptions';
import type { ReachedService } from '../rules/endpoint-services';
import { forget } from '../terraform/forget';
import { createJobSecurityGroup } from './job-security-group';
import { KEEP_ZONE } from './keep-zone';
import type { Network } from './network';
import { oneAZone, subnetIdByZone } from './one-a-zone';
import type { Egress, PrivateSubnets } from './private-subnets';

/** Default address range of the VPC. */
const DEFAULT_CIDR_BLOCK = '10.0.0.0/16';

/** Number of zones with a subnet. If a region offers fewer, zones repeat. */
const ZONES = 3;

/** First sixteenth of the VPC's range for each kind of subnet. */
const FIRST_RANGE = { public: 0, private: 3, isolated: 6 } as const;

/** Properties of {@link DefaultVpc}. */
export interface DefaultVpcProps {
  readonly stackName: string;
  /** Address range, /16 to /24. @default 10.0.0.0/16 */
  readonly cidrBlock?: string;
  /** Puts instances into private subnets, which reach other services this way. @default public subnets */
  readonly egress?: Egress;
}

/**
 * A VPC for jobs: three public subnets in different zones, an internet gateway, and a gateway endpoint for S3 (free, and it keeps image
 * layers and data off the internet). It has no hourly cost. Instances get public addresses but accept no connections. With `egress`,
 * instances are in private subnets instead, whose NAT gateway or endpoints have an hourly cost.
 *
 * @example
 * import type { TerraformStack } from 'cdktf';
 * import { BatchPlatform, DefaultVpc } from 'cdktf-batch-jobs';
 *
 * declare const stack: TerraformStack;
 * const network = new DefaultVpc(stack, 'network', { stackName: 'reports', cidrBlock: '10.1.0.0/16' });
 * new BatchPlatform(stack, 'platform', { network });
 */
export class DefaultVpc extends Construct implements Network {
  readonly vpc: Vpc;
  /** The public subnets. */
  readonly subnets: Subnet[];
  readonly vpcId: string;
  readonly subnetIds: string[];
  /** At most one per zone, for load balancers. */
  readonly publicSubnetIds: string[];
  /** Undefined if instances are in the public subnets. */
  readonly privateSubnets?: PrivateSubnets;
  readonly securityGroupIds: string[];
  readonly internetRoute: Route;
  private readonly settings: {
    readonly stackName: string;
    readonly cidrBlock: string;
    readonly zones: DataAwsAvailabilityZones;
    readonly region: string;
  };
  private readonly routeTable: RouteTable;
  private readonly endpoints = new Map<ReachedService, VpcEndpoint | undefined>();
  private isolated?: Subnet[];

  constructor(scope: Construct, id: string, props: DefaultVpcProps) {
    super(scope, id);
    const { stackName, cidrBlock = DEFAULT_CIDR_BLOCK, egress } = props;
    const tags = nameTag(stackName);
    this.vpc = new Vpc(this, 'Vpc', { cidrBlock, enableDnsHostnames: true, enableDnsSupport: true, tags });
    const gateway = new InternetGateway(this, 'InternetGateway', { vpcId: this.vpc.id, tags });
    const routeTable = new RouteTable(this, 'RouteTable', { vpcId: this.vpc.id, tags });
    this.internetRoute = new Route(this, 'InternetRoute', {
      routeTableId: routeTable.id,
      destinationCidrBlock: '0.0.0.0/0',
      gatewayId: gateway.id,
    });
    this.routeTable = routeTable;
    // For all subnets without another table: the public ones.
    new MainRouteTableAssociation(this, 'MainRouteTable', { vpcId: this.vpc.id, routeTableId: routeTable.id });
    const region = new DataAwsRegion(this, 'Region').id;
    const s3 = this.createGateway('S3Endpoint', { service: 's3', region, tags });
    const zones = new DataAwsAvailabilityZones(this, 'Zones', {
      state: 'available',
      filter: [{ name: 'opt-in-status', values: ['opt-in-not-required'] }],
    });
    this.settings = { stackName, cidrBlock, zones, region };
    this.subnets = Array.from({ length: ZONES }, (_, index) => this.createSubnet(index, cidrBlock, zones, stackName));
    this.vpcId = this.vpc.id;
    this.publicSubnetIds = oneAZone(this.subnets);
    this.privateSubnets = egress && this.createPrivateSubnets(egress);
    if (this.privateSubnets !== undefined) s3.routeTableIds = [routeTable.id, this.privateSubnets.routeTable.id];
    this.subnetIds = this.privateSubnets?.subnets.map((subnet) => subnet.id) ?? this.subnets.map((subnet) => subnet.id);
    this.securityGroupIds = [createJobSecurityGroup(this, this.vpc.id, stackName).id];
  }

  private createPrivateSubnets(egress: Egress): PrivateSubnets | undefined {
    const { stackName, cidrBlock, zones, region } = this.settings;
    const [publicSubnet] = this.subnets;
    if (publicSubnet === undefined) return undefined;
    // Loaded only if needed: most stacks have only public subnets.
    const { PrivateSubnets } = require('./private-subnets') as typeof import('./private-subnets');
    return new PrivateSubnets(this, 'Private', {
      stackName,
      vpc: this.vpc,
      region,
      egress,
      ranges: Array.from({ length: ZONES }, (_, index) => ({
        cidrBlock: Fn.cidrsubnet(cidrBlock, 4, FIRST_RANGE.private + index),
        availabilityZone: Fn.element(zones.names, index),
      })),
      publicSubnet,
      internetRoute: this.internetRoute,
    });
  }

  subnetIdByZone(): string {
    return subnetIdByZone(this.privateSubnets?.subnets ?? this.subnets);
  }

  /** Created for the first database: subnets without routes out of the VPC. They have no cost. */
  isolatedSubnetIds(): string[] {
    this.isolated ??= this.createIsolatedSubnets();
    return this.isolated.map(({ id }) => id);
  }

  /** Private subnets have a way out for all callers. From public ones, callers without a public address reach nothing outside of the VPC. */
  endpointOf(service: ReachedService): VpcEndpoint | undefined {
    if (this.privateSubnets !== undefined) return undefined;
    if (!this.endpoints.has(service)) this.endpoints.set(service, this.createEndpoint(service));
    return this.endpoints.get(service);
  }

  private createEndpoint(service: ReachedService): VpcEndpoint | undefined {
    const { stackName, region } = this.settings;
    if (service === 'dynamodb')
      return this.createGateway('DynamoDbEndpoint', { service, region, tags: nameTag(stackName, service) });
    // Loaded only if needed: most stacks have no function in the VPC.
    const { createInterfaceEndpoints } = require('./interface-endpoints') as typeof import('./interface-endpoints');
    const { vpc, subnets } = this;
    return createInterfaceEndpoints(this, { stackName, vpc, region, services: [service], subnet: subnets[0] })[0];
  }

  /** A route of the VPC to a service. It is free. */
  private createGateway(
    id: string,
    { service, region, tags }: { service: string; region: string; tags: { readonly [key: string]: string } },
  ): VpcEndpoint {
    return new VpcEndpoint(this, id, {
      vpcId: this.vpc.id,
      serviceName: `com.amazonaws.${region}.${service}`,
      vpcEndpointType: 'Gateway',
      routeTableIds: [this.routeTable.id],
      tags,
    });
  }

  private createIsolatedSubnets(): Subnet[] {
    const { stackName, cidrBlock, zones } = this.settings;
    const routeTable = new RouteTable(this, 'IsolatedRouteTable', {
      vpcId: this.vpc.id,
      tags: nameTag(stackName, 'isolated'),
    });
    return Array.from({ length: ZONES }, (_, index) => {
      const subnet = new Subnet(this, `IsolatedSubnet${index + 1}`, {
        vpcId: this.vpc.id,
        cidrBlock: Fn.cidrsubnet(cidrBlock, 4, FIRST_RANGE.isolated + index),
        availabilityZone: Fn.element(zones.names, index),
        lifecycle: KEEP_ZONE,
        tags: nameTag(stackName, 'isolated', `${index + 1}`),
      });
      new RouteTableAssociation(this, `IsolatedSubnet${index + 1}Route`, {
        subnetId: subnet.id,
        routeTableId: routeTable.id,
      });
      return subnet;
    });
  }

  private createSubnet(index: number, cidrBlock: string, zones: DataAwsAvailabilityZones, stackName: string) {
    const number = index + 1;
    forget(this, 'aws_route_table_association', `Subnet${number}Route`);
    return new Subnet(this, `Subnet${number}`, {
      vpcId: this.vpc.id,
      // Four more bits give sixteen ranges, so that private subnets can be added without new ranges for the three public ones.
      cidrBlock: Fn.cidrsubnet(cidrBlock, 4, index),
      availabilityZone: Fn.element(zones.names, index),
      lifecycle: KEEP_ZONE,
      mapPublicIpOnLaunch: true,
      tags: nameTag(stackName, 'public', `${number}`),
    });
  }
}
