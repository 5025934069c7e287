import { z } from 'zod';
import { mapOf, strict, text } from '../config/checked';
import { overrides } from '../config/overrides';
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
