/**
 * Services that an instance needs to join its cluster, pull an image from ECR, read secrets and write logs. Image layers are in S3, for
 * which the VPC always has a gateway endpoint.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
export const ENDPOINT_SERVICES = [
  'ecr.api',
  'ecr.dkr',
  'ecs',
  'ecs-agent',
  'ecs-telemetry',
  'logs',
  'secretsmanager',
] as const;

export type EndpointService = (typeof ENDPOINT_SERVICES)[number];

/** A service that functions in a VPC without private subnets reach by a separate endpoint. That of DynamoDB is a free gateway. */
export type ReachedService = 'secretsmanager' | 'dynamodb';

/**
 * Services whose endpoint names begin with the partition's domain, labels reversed: `cn.com.amazonaws` in China, `eu.amazonaws` in the
 * European Sovereign Cloud. All others begin with `com.amazonaws` in every partition: https://github.com/aws/aws-cdk/issues/25329 lists
 * the result of DescribeVpcEndpointServices in `cn-north-1`.
 */
const OF_THE_PARTITION: ReadonlySet<string> = new Set(['ecr.api', 'ecr.dkr']);

/**
 * Name of a service's endpoint service in a region.
 *
 * @param reverseDnsPrefix the domain of the region's partition, labels reversed: `com.amazonaws`, `cn.com.amazonaws`
 */
export function endpointServiceName(service: string, region: string, reverseDnsPrefix: string): string {
  return `${OF_THE_PARTITION.has(service) ? reverseDnsPrefix : 'com.amazonaws'}.${region}.${service}`;
}
