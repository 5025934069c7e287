import { z } from 'zod';
import { strict, text } from '../../config/checked';
import type { ByName, Written, WrittenProperties } from '../../config/written';
import { arnFix, BUCKET_NAMES } from '../../rules/arn-fix';
import { BUCKET_ARN, BUCKET_NAME } from '../../rules/arn-forms';
import { companionSchema } from '../companion-schema';
import { cors } from './cors';
import { lifecycleRule } from './lifecycle';

/** Properties of a bucket that the stack creates. */
export const bucketProperties = strict({
  /** Keeps every version of an object. Old versions stay until you delete them, and cost money. @default false */
  versioning: z.boolean().default(false),
  /** Deletes all objects in the bucket, with all their versions, when the stack is destroyed. If `false`, a bucket with objects can't be destroyed. @default false */
  forceDestroy: z.boolean().default(false),
  /** Who can read and write, as in Stacktape: only `private`. @default private */
  accessibility: strict({
    /** Only `private`: a bucket has no public objects. Signed URLs let browsers read and write. */
    accessibilityMode: text({
      pattern: /^private$/,
      accepted: 'private: buckets that everybody can read are not part of this project',
      fix: 'write private and sign URLs in your code, or create the bucket in Terraform and name it with existing',
    }),
  }).optional(),
  /** Encryption, as in Stacktape: only `true`. @default true: S3 encrypts every object */
  encryption: z.literal(true).optional(),
  /** Lets pages of other origins call the bucket, with signed URLs: it stays private. @default pages of other origins can't call it */
  cors: cors.optional(),
  /** Deletes objects, or moves them to cheaper storage, after some days. Up to 999 rules. @default incomplete uploads are deleted after 7 days */
  lifecycleRules: z.array(lifecycleRule).max(999).default([]),
});

/** `arn:aws:s3:::name`, in any partition. */
export const bucketArn = text({
  pattern: BUCKET_ARN,
  orDirective: true,
  accepted: 'the ARN of a bucket, such as arn:aws:s3:::reports',
  fix: (found) =>
    BUCKET_NAME.test(found)
      ? `write arn:aws:s3:::${found}`
      : found.includes(':accesspoint/')
        ? 'write the ARN of the bucket that the access point is of, such as arn:aws:s3:::reports'
        : arnFix({ example: 'arn:aws:s3:::reports', name: BUCKET_NAMES }, found),
});

/** A bucket. */
export const bucket = companionSchema(
  'bucket',
  bucketProperties,
  strict({
    /** ARN of the bucket. The stack changes neither its policy nor its notifications. */
    arn: bucketArn,
  }),
);

/** What others can ask of a bucket. */
export const BUCKET_PARAMS = ['name', 'arn'] as const;

export interface BucketResourceProperties extends WrittenProperties<typeof bucket>, ByName {}
/** Such a resource as written in a config. */
export interface BucketResource extends Written<z.input<typeof bucket>> {
  readonly properties?: BucketResourceProperties;
}
