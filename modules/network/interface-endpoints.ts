import { DataAwsPartition } from '@cdktf/provider-aws/lib/data-aws-partition';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import type { Subnet } from '@cdktf/provider-aws/lib/subnet';
import type { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint';
import type { Construct } from 'constructs';
import { nameTag } from '../rules/descriptions';
import { type EndpointService, endpointServiceName } from '../rules/endpoint-services';
import { NAME_LIMITS, physicalNamePrefix } from '../rules/naming';

export interface InterfaceEndpointsProps {
  readonly stackName: string;
  readonly vpc: Vpc;
  readonly region: string;
  readonly services: readonly EndpointService[];
  /** One, because each endpoint costs per hour and zone. Subnets in all zones reach it. */
  readonly subnet: Subnet | undefined;
}

/**
 * Endpoints of services, in one zone. The services' default names then resolve to them in the whole VPC, so that everything in it is let
 * in: an instance whose agent reads a secret for a job would otherwise be shut out of a service that it reached before.
 */
export function createInterfaceEndpoints(scope: Construct, props: InterfaceEndpointsProps): VpcEndpoint[] {
  const { stackName, vpc, region, services, subnet } = props;
  const securityGroup = new SecurityGroup(scope, 'EndpointSecurityGroup', {
    namePrefix: physicalNamePrefix(NAME_LIMITS.securityGroupPrefix, 'endpoints', stackName),
    description: 'Endpoints of AWS services: HTTPS from inside of the VPC',
    vpcId: vpc.id,
    ingress: [{ fromPort: 443, toPort: 443, protocol: 'tcp', cidrBlocks: [vpc.cidrBlock] }],
    tags: nameTag(stackName, 'endpoints'),
    lifecycle: { createBeforeDestroy: true },
  });
  const { reverseDnsPrefix } = new DataAwsPartition(scope, 'Partition');
  return services.map(
    (service) =>
      new VpcEndpoint(scope, `Endpoint-${service.replace('.', '-')}`, {
        vpcId: vpc.id,
        serviceName: endpointServiceName(service, region, reverseDnsPrefix),
        vpcEndpointType: 'Interface',
        // The services' default names then resolve to the endpoint.
        privateDnsEnabled: true,
        subnetIds: subnet === undefined ? [] : [subnet.id],
        securityGroupIds: [securityGroup.id],
        tags: nameTag(stackName, service),
      }),
  );
}
