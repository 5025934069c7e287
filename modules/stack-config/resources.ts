import { z } from 'zod';
import { type CheckContext, mapOf, refuse, strict, text } from '../config/checked';
import { overrides } from '../config/overrides';
import { formatFound } from '../problems/problem';
import { applicationLoadBalancerResource } from '../resources/application-load-balancer/schema';
import { bucket } from '../resources/bucket/schema';
import { dynamoDbTable } from '../resources/dynamo-db-table/schema';
import { eventBusResource } from '../resources/event-bus/schema';
import { existingResource } from '../resources/existing/schema';
import { functionResource } from '../resources/function/schema';
import { httpApiGatewayResource } from '../resources/http-api-gateway/schema';
import { kinesisStreamResource } from '../resources/kinesis-stream/schema';
import { redisCluster } from '../resources/redis-cluster/schema';
import { relationalDatabase } from '../resources/relational-database/schema';
import { snsTopic } from '../resources/sns-topic/schema';
import { sqsQueue } from '../resources/sqs-queue/schema';
import { stateMachineResource } from '../resources/state-machine/schema';
import { userAuthPool } from '../resources/user-auth-pool/schema';
import { batchJobProps } from './batch-job';

/** A batch job. */
const batchJob = strict({
  /** A job that runs in a container until it is done. */
  type: z.literal('batch-job'),
  /** The job's container, size and event sources. */
  properties: batchJobProps,
  /** Terraform attributes for the job's resources, by name of the resource. They are merged with the generated attributes. @default none */
  overrides: overrides.optional(),
});

/** A resource of a config, by `type`. */
export const resource = z.discriminatedUnion('type', [
  batchJob,
  bucket,
  eventBusResource,
  applicationLoadBalancerResource,
  dynamoDbTable,
  kinesisStreamResource,
  snsTopic,
  sqsQueue,
  functionResource,
  httpApiGatewayResource,
  userAuthPool,
  stateMachineResource,
  relationalDatabase,
  redisCluster,
  existingResource,
]);

/** A resource with its defaults filled in. */
export type Resource = z.output<typeof resource>;

/** The resource of one `type`. */
export type ResourceOf<Type extends Resource['type']> = Extract<Resource, { type: Type }>;

const resourceName = text({
  pattern: /^[a-zA-Z][a-zA-Z0-9]*$/,
  accepted: 'letters and digits, starting with a letter',
  fix: 'use a name such as nightlyReport: it becomes part of Terraform ids and AWS names',
});

/** The resources of a config, by name. */
export const resources = mapOf(resourceName, resource);

/** Refuses names that differ only in case. They would share IAM role names, which AWS compares without case. */
export function checkResourceNames(resources: unknown, context: CheckContext): void {
  if (typeof resources !== 'object' || resources === null) return;
  const seen = new Map<string, string>();
  for (const name of Object.keys(resources)) {
    const duplicate = seen.get(name.toLowerCase());
    if (duplicate !== undefined) {
      const fix = `rename it: it differs from "${duplicate}" only in case, and the names of IAM roles are case-insensitive`;
      refuse(
        context,
        { found: formatFound(name), accepted: 'a name that differs from the others in more than case', fix },
        ['resources', name],
      );
    }
    seen.set(name.toLowerCase(), name);
  }
}
