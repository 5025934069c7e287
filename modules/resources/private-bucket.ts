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
import { NAME_LIMITS, physicalNamePrefix, physicalNameStart } from '../naming';
import { jsonLiteral } from '../terraform-literal';

export interface PrivateBucketProps {
  /** Parts of the name's beginning; AWS-wide uniqueness comes from what the provider appends. */
  readonly name: readonly string[];
  /** Whether destroying the bucket deletes the objects in it. */
  readonly forceDestroy: boolean;
  /** Keeps every version of an object. @default false */
  readonly versioning?: boolean;
  /** Days after which objects are deleted. @default they stay */
  readonly expirationDays?: number;
}

/** Days after which the parts of an upload that was never completed go. Nobody sees them, and they are paid for. */
const ABORT_UPLOADS_AFTER_DAYS = 7;

/** A bucket that nobody but its account reads: encrypted, no public access, no ACLs, TLS only. Its parts are made in the scope itself. */
export function privateBucket(scope: Construct, props: PrivateBucketProps): S3Bucket {
  const { name, forceDestroy, versioning = false, expirationDays } = props;
  const resource = new S3Bucket(scope, 'Resource', { bucketPrefix: bucketPrefix(name), forceDestroy });
  const bucket = resource.bucket;
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
  // What S3 does by itself, said outright: a change by hand shows in the next plan.
  new S3BucketServerSideEncryptionConfigurationA(scope, 'Encryption', {
    bucket,
    rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
  });
  new S3BucketPolicy(scope, 'Policy', {
    bucket,
    policy: tlsOnly(resource.arn),
    // S3 refuses two changes of one bucket's access at a time.
    dependsOn: [publicAccess],
  });
  // Absent instead of "Disabled": when the property is taken back, the provider suspends versioning, which is all that S3 offers.
  if (versioning)
    new S3BucketVersioningA(scope, 'Versioning', { bucket, versioningConfiguration: { status: 'Enabled' } });
  new S3BucketLifecycleConfiguration(scope, 'Lifecycle', { bucket, rule: lifecycleRules(expirationDays) });
  return resource;
}

/** Bucket names know lower case, digits and hyphens: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
function bucketPrefix(name: readonly string[]): string {
  return bucketText(physicalNamePrefix(NAME_LIMITS.bucketPrefix, ...name));
}

/** The beginning that the names of all private buckets of a stack have. */
export function bucketNameStart(stackName: string): string {
  return bucketText(physicalNameStart(NAME_LIMITS.bucketPrefix - 1, stackName));
}

function bucketText(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9-]/g, '-');
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

function lifecycleRules(expirationDays?: number): S3BucketLifecycleConfigurationRule[] {
  // An empty prefix and not an empty filter block: it says the same, and Terraform reads it back as it was written.
  const everything = { status: 'Enabled', filter: [{ prefix: '' }] };
  return [
    {
      id: 'abort-incomplete-uploads',
      ...everything,
      abortIncompleteMultipartUpload: [{ daysAfterInitiation: ABORT_UPLOADS_AFTER_DAYS }],
    },
    ...(expirationDays === undefined ? [] : [{ id: 'expire', ...everything, expiration: [{ days: expirationDays }] }]),
  ];
}
