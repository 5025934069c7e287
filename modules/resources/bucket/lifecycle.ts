import { z } from 'zod';
import { across, numberIn, refuse, strict, text } from '../../config/checked';
import { foundValue } from '../../problems/found';

/** Classes whose objects S3 takes only 30 days after they were stored. */
const INFREQUENT_ACCESS: readonly unknown[] = ['STANDARD_IA', 'ONEZONE_IA'];
const EARLIEST_INFREQUENT = 30;

const MOST_DAYS = 2_147_483_647;

const storageClass = z.enum(['STANDARD_IA', 'ONEZONE_IA', 'INTELLIGENT_TIERING', 'GLACIER', 'DEEP_ARCHIVE']);

const prefix = text({
  pattern: /^[\s\S]{1,1024}$/,
  accepted: '1 to 1,024 characters',
  acceptedAs: 'content',
  fix: 'write a prefix such as logs/, or remove it for all objects',
});

const tag = strict({
  /** Key of the tag. */
  key: text({
    pattern: /^[\s\S]{1,128}$/,
    accepted: '1 to 128 characters',
    acceptedAs: 'content',
    fix: 'write a key such as kind',
  }),
  /** Value of the tag. */
  value: text({
    pattern: /^[\s\S]{0,256}$/,
    accepted: 'up to 256 characters',
    acceptedAs: 'content',
    fix: 'write a shorter value',
  }),
});

const filter = {
  /** Only objects whose keys begin so. @default all objects */
  prefix: prefix.optional(),
  /** Only objects with all of these tags. @default all objects */
  tags: z.array(tag).min(1).optional(),
};

const expiration = strict({
  /** Deletes objects. */
  type: z.literal('expiration'),
  /** Which objects, and when. */
  properties: strict({
    ...filter,
    /** Days after an object was stored. With versioning, a deleted object becomes an old version. */
    daysAfterUpload: numberIn({ unit: 'days', min: 1, max: MOST_DAYS }),
  }),
});

const oldVersionExpiration = strict({
  /** Deletes old versions of objects, which `versioning` keeps. */
  type: z.literal('non-current-version-expiration'),
  /** Which objects, and when. */
  properties: strict({
    ...filter,
    /** Days after a version was replaced or deleted. */
    daysAfterVersioned: numberIn({ unit: 'days', min: 1, max: MOST_DAYS }),
  }),
});

const classTransition = strict({
  /** Moves objects to another storage class. */
  type: z.literal('class-transition'),
  /** Which objects, when, and where to. */
  properties: across(
    strict({
      ...filter,
      /** Days after an object was stored: at least 30 for `STANDARD_IA` and `ONEZONE_IA`. */
      daysAfterUpload: numberIn({ unit: 'days', min: 0, max: MOST_DAYS }),
      /** Storage class. Objects in `GLACIER` and `DEEP_ARCHIVE` must be restored before a job can read them. */
      storageClass,
    }),
    ({ daysAfterUpload, storageClass }, context) =>
      checkDays('daysAfterUpload', daysAfterUpload, storageClass, context),
  ),
});

const oldVersionTransition = strict({
  /** Moves old versions of objects to another storage class. */
  type: z.literal('non-current-version-class-transition'),
  /** Which objects, when, and where to. */
  properties: across(
    strict({
      ...filter,
      /** Days after a version was replaced or deleted: at least 30 for `STANDARD_IA` and `ONEZONE_IA`. */
      daysAfterVersioned: numberIn({ unit: 'days', min: 0, max: MOST_DAYS }),
      /** Storage class. Versions in `GLACIER` and `DEEP_ARCHIVE` must be restored before a job can read them. */
      storageClass,
    }),
    ({ daysAfterVersioned, storageClass }, context) =>
      checkDays('daysAfterVersioned', daysAfterVersioned, storageClass, context),
  ),
});

const abortedUploads = strict({
  /** Deletes uploads that are incomplete. Such a rule replaces the one that every bucket has. */
  type: z.literal('abort-incomplete-multipart-upload'),
  /** Which uploads, and when. They have no tags. */
  properties: strict({
    /** Only uploads to keys that begin so. @default all uploads */
    prefix: prefix.optional(),
    /** Days after an upload began. */
    daysAfterInitiation: numberIn({ unit: 'days', min: 1, max: MOST_DAYS }),
  }),
});

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html */
export const lifecycleRule = z.discriminatedUnion('type', [
  expiration,
  oldVersionExpiration,
  classTransition,
  oldVersionTransition,
  abortedUploads,
]);

function checkDays(
  property: 'daysAfterUpload' | 'daysAfterVersioned',
  days: unknown,
  storageClass: unknown,
  context: Parameters<typeof refuse>[0],
): void {
  if (
    typeof days !== 'number' ||
    days < 0 ||
    days >= EARLIEST_INFREQUENT ||
    !INFREQUENT_ACCESS.includes(storageClass)
  ) {
    return;
  }
  const accepted = `at least ${EARLIEST_INFREQUENT} days with ${storageClass}, as S3 requires`;
  const fix = `write ${EARLIEST_INFREQUENT}, or use another storageClass such as INTELLIGENT_TIERING`;
  refuse(context, { code: 'out-of-range', found: foundValue(days), accepted, fix }, [property]);
}
