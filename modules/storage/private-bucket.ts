import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import {
  S3BucketLifecycleConfiguration,
  type S3BucketLifecycleConfigurationRule,
} from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import type { Construct } from 'constructs';
import { bucketPrefix, bucketText, NAME_LIMITS, physicalNameStart } from '../rules/naming';
import type { AwsContext } from '../terraform/aws-context';
import { forget } from '../terraform/forget';
import { jsonLiteral } from '../terraform/literal';
import { bucketEncryption } from './encryption';

export interface PrivateBucketProps {
  readonly aws: Pick<AwsContext, 'kmsKeyArn'>;
  /** Parts of the name's prefix. The provider's suffix makes it unique in AWS. */
  readonly name: readonly string[];
  /** Whether destroying the bucket deletes the objects in it. */
  readonly forceDestroy: boolean;
  /** Keeps every version of an object. @default false */
  readonly versioning?: boolean;
  /** Days after which objects are deleted. @default objects are kept */
  readonly expirationDays?: number;
  /** Further rules of the lifecycle. @default none */
  readonly lifecycleRules?: readonly S3BucketLifecycleConfigurationRule[];
  /** Whether the parts of incomplete uploads are kept, unless one of {@link lifecycleRules} deletes them. @default false */
  readonly keepsIncompleteUploads?: boolean;
  /**
   * Whether settings that every new bucket has are resources too, so that a plan shows a manual change and `overrides` can change them:
   * no public access, no ACLs and encryption. Such a bucket also deletes incomplete uploads.
   *
   * @default false
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html
   */
  readonly statesDefaults?: boolean;
}

/** Days after which the parts of an incomplete upload are deleted. They are invisible, but have a cost. */
const ABORT_UPLOADS_AFTER_DAYS = 7;

/** A bucket that only its account can read: encrypted, no public access, no ACLs, TLS only. Creates its parts directly in the scope. */
export function createPrivateBucket(scope: Construct, props: PrivateBucketProps): S3Bucket {
  const { aws, name, forceDestroy, versioning = false, statesDefaults = false } = props;
  const resource = new S3Bucket(scope, 'Resource', { bucketPrefix: bucketPrefix(...name), forceDestroy });
  const bucket = resource.bucket;
  const access = statesDefaults ? createDefaults(scope, bucket) : forgetDefaults(scope);
  if (statesDefaults || aws.kmsKeyArn !== undefined) {
    new S3BucketServerSideEncryptionConfigurationA(scope, 'Encryption', { bucket, rule: [bucketEncryption(aws)] });
  }
  new S3BucketPolicy(scope, 'Policy', {
    bucket,
    policy: tlsOnly(resource.arn),
    // S3 rejects concurrent changes of a bucket's access.
    ...(access.length > 0 && { dependsOn: access }),
  });
  // Absent instead of "Disabled": if the property is removed, the provider suspends versioning, the only way to turn it off in S3.
  if (versioning)
    new S3BucketVersioningA(scope, 'Versioning', { bucket, versioningConfiguration: { status: 'Enabled' } });
  if (statesDefaults || props.expirationDays !== undefined)
    new S3BucketLifecycleConfiguration(scope, 'Lifecycle', { bucket, rule: lifecycleOf(props) });
  return resource;
}

/** Settings of every bucket that was created since April 2023. */
function createDefaults(scope: Construct, bucket: string): S3BucketPublicAccessBlock[] {
  const publicAccess = new S3BucketPublicAccessBlock(scope, 'PublicAccess', {
    bucket,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  new S3BucketOwnershipControls(scope, 'Ownership', {
    bucket,
    rule: { objectOwnership: 'BucketOwnerEnforced' },
  });
  return [publicAccess];
}

/** Buckets of earlier releases keep both: destroyed, they would leave a bucket that can be opened. Encryption falls back to S3's default. */
function forgetDefaults(scope: Construct): [] {
  forget(scope, 'aws_s3_bucket_public_access_block', 'PublicAccess');
  forget(scope, 'aws_s3_bucket_ownership_controls', 'Ownership');
  return [];
}

/**
 * Bucket names consist of lower-case letters, digits and hyphens:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
/** The prefix of the names of all private buckets of a stack. */
export function bucketNameStart(stackName: string): string {
  return bucketText(physicalNameStart(NAME_LIMITS.bucketPrefix - 1, stackName));
}

function tlsOnly(arn: string): string {
  return jsonLiteral({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'TlsOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ],
  });
}

function lifecycleOf({
  expirationDays,
  lifecycleRules = [],
  keepsIncompleteUploads = false,
}: PrivateBucketProps): S3BucketLifecycleConfigurationRule[] {
  // An empty prefix instead of an empty filter block: it has the same meaning, and Terraform reads it back unchanged.
  const everything = { status: 'Enabled', filter: [{ prefix: '' }] };
  const abort = {
    id: 'abort-incomplete-uploads',
    ...everything,
    abortIncompleteMultipartUpload: [{ daysAfterInitiation: ABORT_UPLOADS_AFTER_DAYS }],
  };
  return [
    ...(keepsIncompleteUploads ? [] : [abort]),
    ...(expirationDays === undefined ? [] : [{ id: 'expire', ...everything, expiration: [{ days: expirationDays }] }]),
    ...lifecycleRules,
  ];
}
