import type { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import type { Connection } from '../../access/connection';
import type { Statement } from '../../access/policy';
import { allowed, type Narrowing } from '../../rules/narrowing';
import type { ArnTarget } from '../descriptor';
import type { BUCKET_PARAMS } from './schema';

type BucketTarget = ArnTarget<'bucket', typeof BUCKET_PARAMS>;

/**
 * Lists the bucket, and reads, writes and deletes its objects, including multipart uploads. Of the bucket's settings, only its location.
 * With a prefix, only objects whose keys start with it, and only listings of these. Those who only write list nothing.
 */
export function bucketConnection({ arn, params }: BucketTarget, _aws: unknown, narrowing: Narrowing = {}): Connection {
  const { prefix } = narrowing;
  const ofBucket = allowed(narrowing, BUCKET_ACTIONS);
  return {
    environment: params,
    statements: [
      ...(prefix === undefined
        ? [{ Sid: 'ListBucket', Action: ofBucket, Resource: [arn] }]
        : listings(arn, prefix, ofBucket)),
      { Sid: 'UseObjects', Action: allowed(narrowing, OBJECT_ACTIONS), Resource: [`${arn}/${prefix ?? ''}*`] },
    ],
  };
}

const BUCKET_ACTIONS = {
  's3:GetBucketLocation': 'both',
  's3:GetBucketVersioning': 'read',
  's3:ListBucket': 'read',
  's3:ListBucketMultipartUploads': 'write',
  's3:ListBucketVersions': 'read',
} as const;

const OBJECT_ACTIONS = {
  's3:AbortMultipartUpload': 'write',
  's3:DeleteObject': 'write',
  's3:DeleteObjectTagging': 'write',
  's3:DeleteObjectVersion': 'write',
  's3:GetObject': 'read',
  's3:GetObjectAttributes': 'read',
  's3:GetObjectTagging': 'read',
  's3:GetObjectVersion': 'read',
  's3:ListMultipartUploadParts': 'write',
  's3:PutObject': 'write',
  's3:PutObjectTagging': 'write',
  's3:RestoreObject': 'write',
} as const;

/**
 * Actions whose requests include a prefix, which a condition can restrict. Those without one that tell keys of all objects
 * (`s3:ListBucketMultipartUploads`) are left out:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
const WITH_PREFIX: readonly string[] = ['s3:ListBucket', 's3:ListBucketVersions'];

/** Actions that tell nothing about objects. */
const WITHOUT_KEYS: readonly string[] = ['s3:GetBucketLocation', 's3:GetBucketVersioning'];

function listings(arn: string, prefix: string, actions: readonly string[]): Statement[] {
  const Condition = { StringLike: { 's3:prefix': [`${prefix}*`] } };
  const [settings, listing] = [WITHOUT_KEYS, WITH_PREFIX].map((of) => actions.filter((action) => of.includes(action)));
  return [
    { Sid: 'ReadSettings', Action: settings ?? [], Resource: [arn] },
    ...(listing === undefined || listing.length === 0
      ? []
      : [{ Sid: 'ListObjects', Action: listing, Resource: [arn], Condition }]),
  ];
}

export function providedBucket({ arn, bucket }: S3Bucket): BucketTarget {
  return { type: 'bucket', arn, params: { arn, name: bucket } };
}
