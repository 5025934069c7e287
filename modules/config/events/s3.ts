import { z } from 'zod';
import { nonEmpty, strict } from '../checked';

/** Starts the job by changes of objects in a bucket. */
export const s3 = strict({
  /** Starts the job by changes of objects in a bucket. */
  type: z.literal('s3'),
  /** Which objects and which changes. */
  properties: strict({
    /** ARN of the bucket. */
    bucketArn: nonEmpty('the ARN of a bucket'),
    /** Kind of change. */
    s3EventType: z.enum([
      's3:ReducedRedundancyLostObject',
      's3:ObjectCreated:*',
      's3:ObjectCreated:Put',
      's3:ObjectCreated:Post',
      's3:ObjectCreated:Copy',
      's3:ObjectCreated:CompleteMultipartUpload',
      's3:ObjectRemoved:*',
      's3:ObjectRemoved:Delete',
      's3:ObjectRemoved:DeleteMarkerCreated',
      's3:ObjectRestore:*',
      's3:ObjectRestore:Post',
      's3:ObjectRestore:Completed',
      's3:Replication:*',
      's3:Replication:OperationFailedReplication',
      's3:Replication:OperationNotTracked',
      's3:Replication:OperationMissedThreshold',
      's3:Replication:OperationReplicatedAfterThreshold',
    ]),
    /** Which keys. @default all */
    filterRule: strict({
      /** Beginning of the key. @default any */
      prefix: z.string().optional(),
      /** End of the key. @default any */
      suffix: z.string().optional(),
    }).optional(),
  }),
});
