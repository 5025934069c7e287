import { ANYWHERE } from '../../modules/config/arn-rule';
import { BUCKET } from '../../modules/resources/bucket';
import { source } from '../source';
import { S3_SELECTS, s3 } from './schema';

export type { S3Event } from './schema';

/** Changes of a bucket's objects. */
export const S3_SOURCE = source({
  schema: s3,
  trigger: () => (require('./trigger') as typeof import('./trigger')).S3Trigger,
  sample: () => (require('./sample') as typeof import('./sample')).s3,
  facts: () => (require('./facts') as typeof import('./facts')).facts,
  page: () => (require('./page') as typeof import('./page')).page,
  selects: S3_SELECTS,
  duplicate: 'a change starts the job once',
  // A bucket's ARN has no region and no account.
  arns: { bucketArn: { ...ANYWHERE, refersTo: { bucket: 'arn' } } },
  aliases: { bucketArn: 'bucket bucketName', filterRule: 'filter filters filterRules s3Filter' },
  rules: () => (require('./rules') as typeof import('./rules')).S3_RULES,
  props: ({ bucketArn, ...settings }, resources) => ({
    bucket: resources.find(BUCKET, undefined, bucketArn),
    ...resources.resolve(settings),
  }),
});
