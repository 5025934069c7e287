import { source } from '../source';
import { s3 as schema } from './schema';

/** Changes of a bucket's objects. */
export const s3 = source({
  schema,
  trigger: () => (require('./trigger') as typeof import('./trigger')).S3Trigger,
  sample: () => (require('./sample') as typeof import('./sample')).s3,
  selects: ['bucketArn', 's3EventType', 'filterRule'],
  duplicate: 'a change starts the job once',
  props: ({ bucketArn, ...settings }, resources) => ({
    bucket: resources.find('bucket', undefined, bucketArn),
    ...resources.resolve(settings),
  }),
});
