import type { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import type { Connection } from '../../access/connection';
import type { ArnTarget } from '../descriptor';
import type { BUCKET_PARAMS } from './schema';

type BucketTarget = ArnTarget<'bucket', typeof BUCKET_PARAMS>;

/**
 * Lists the bucket, and reads, writes and deletes its objects, including multipart uploads. Of the bucket's settings, only its location.
 */
export function bucketConnection({ arn, params }: BucketTarget): Connection {
  return {
    environment: params,
    statements: [
      {
        Sid: 'ListBucket',
        Action: [
          's3:GetBucketLocation',
          's3:GetBucketVersioning',
          's3:ListBucket',
          's3:ListBucketMultipartUploads',
          's3:ListBucketVersions',
        ],
        Resource: [arn],
      },
      {
        Sid: 'UseObjects',
        Action: [
          's3:AbortMultipartUpload',
          's3:DeleteObject',
          's3:DeleteObjectTagging',
          's3:DeleteObjectVersion',
          's3:GetObject',
          's3:GetObjectAttributes',
          's3:GetObjectTagging',
          's3:GetObjectVersion',
          's3:ListMultipartUploadParts',
          's3:PutObject',
          's3:PutObjectTagging',
          's3:RestoreObject',
        ],
        Resource: [`${arn}/*`],
      },
    ],
  };
}

export function providedBucket({ arn, bucket }: S3Bucket): BucketTarget {
  return { type: 'bucket', arn, params: { arn, name: bucket } };
}
