import { ANYWHERE } from '../../config/arn-rule';
import { ACCESS_KINDS } from '../../rules/narrowing';
import { companion } from '../descriptor';
import { bucketConnection, providedBucket } from './connection';
import { BUCKET_PARAMS, bucket } from './schema';

export type { BucketResource } from './schema';

/** The type `bucket`. */
export const BUCKET = companion({
  type: 'bucket',
  noun: 'bucket',
  schema: bucket,
  construct: () => (require('./construct') as typeof import('./construct')).Bucket,
  params: BUCKET_PARAMS,
  existingArns: { arn: ANYWHERE },
  isStore: true,
  connection: bucketConnection,
  narrowable: { access: ACCESS_KINDS, hasPrefix: true },
  provided: { aws_s3_bucket: providedBucket },
});
