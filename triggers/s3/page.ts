import { code, type EventPage, lastPart, listensTo, plain } from '../event-page';
import type { s3 } from './schema';

export const page: EventPage<typeof s3> = {
  label: ({ bucketArn, s3EventType }) => `${s3EventType.replace(/^s3:/, '')} in ${lastPart(bucketArn)}`,
  box: ({ bucketArn, s3EventType, filterRule: { prefix = '', suffix = '' } = {} }, context) => {
    const keys = prefix === '' && suffix === '' ? [] : [plain(' '), code(context.value(`${prefix}*${suffix}`))];
    return {
      ...listensTo('Bucket', bucketArn, context),
      detail: [plain(CHANGES[s3EventType.split(':')[1] ?? ''] ?? s3EventType), ...keys],
    };
  },
};

const CHANGES: { readonly [kind: string]: string } = {
  ObjectCreated: 'created',
  ObjectRemoved: 'deleted',
  ObjectRestore: 'restored',
  ObjectTagging: 'tagged',
  ObjectAcl: 'access list changed',
  ObjectAnnotation: 'annotated',
  LifecycleExpiration: 'expired',
  LifecycleTransition: 'moved to another storage class',
  ReducedRedundancyLostObject: 'lost',
  IntelligentTiering: 'archived',
  Replication: 'replication',
};
