import { ANYWHERE } from '../../config/arn-rule';
import { ACCESS_KINDS } from '../../rules/narrowing';
import { companion } from '../descriptor';
import { BUCKET_PARAMS, bucket } from './schema';

export type { BucketResource } from './schema';

/** The type `bucket`. */
export const BUCKET = companion({
  type: 'bucket',
  noun: 'bucket',
  schema: bucket,
  creates: [
    ['Bucket', 's3-bucket'],
    ['PublicAccess', 's3-bucket-public-access-block'],
    ['Ownership', 's3-bucket-ownership-controls'],
  ],
  construct: () => (require('./construct') as typeof import('./construct')).Bucket,
  params: BUCKET_PARAMS,
  existingArns: { arn: ANYWHERE },
  isStore: true,
  connection: () => (require('./connection') as typeof import('./connection')).bucketConnection,
  narrowable: { access: ACCESS_KINDS, hasPrefix: true },
  provided: { aws_s3_bucket: () => (require('./connection') as typeof import('./connection')).providedBucket },
  stacktape: () => (require('./stacktape') as typeof import('./stacktape')).STACKTAPE,
});
