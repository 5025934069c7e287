import { parse } from '../../../modules/config/parse';
import { bucket } from '../../../modules/resources/bucket/schema';
import { problemsWith, tokens } from '../../stack-config/samples';

describe('a bucket in a config', () => {
  it('is fine with nothing but its type, and with every property', () => {
    expect(parse(bucket, { type: 'bucket' }, 'test')).toEqual({ type: 'bucket' });
    expect(parse(bucket, { type: 'bucket', properties: {} }, 'test').properties).toEqual({
      versioning: false,
      forceDestroy: false,
      lifecycleRules: [],
    });
    const properties = { versioning: true, forceDestroy: true, lifecycleRules: [] };
    expect(parse(bucket, { type: 'bucket', properties }, 'test').properties).toEqual(properties);
  });

  it.each(['arn:aws:s3:::invoices', 'arn:aws-us-gov:s3:::in.voices-1', tokens().TEXT])('may be there: %s', (arn) => {
    expect(problemsWith(bucket, { type: 'bucket', existing: { arn } })).toEqual([]);
  });

  it.each([
    ['invoices', 'write arn:aws:s3:::invoices'],
    ['arn:aws:s3:::x', 'use a name of 3 to 63 characters: this one is too short, as in arn:aws:s3:::reports'],
    ['arn:aws:s3:::invoices/*', 'write nothing after the name, as in arn:aws:s3:::reports'],
    [
      'arn:aws:s3:eu-west-1:123456789012:accesspoint/x',
      'write the ARN of the bucket that the access point is of, such as arn:aws:s3:::reports',
    ],
  ])('is not at %s', (arn, fix) => {
    expect(problemsWith(bucket, { type: 'bucket', existing: { arn } })).toEqual([
      {
        path: 'existing.arn',
        found: JSON.stringify(arn),
        accepted: 'the ARN of a bucket, such as arn:aws:s3:::reports',
        fix,
      },
    ]);
  });

  it('is not both', () => {
    const both = { type: 'bucket', properties: {}, existing: { arn: 'arn:aws:s3:::invoices' } };
    expect(problemsWith(bucket, both)).toMatchObject([{ found: 'properties and existing' }]);
  });

  it('knows no other properties', () => {
    expect(problemsWith(bucket, { type: 'bucket', properties: { versionning: true } })).toMatchObject([
      { path: 'properties.versionning', fix: 'did you mean "versioning"?' },
    ]);
  });
});

describe('CORS rules of a bucket', () => {
  const ORIGIN = '*, or an origin such as https://example.com or https://*.example.com, without a path';
  const HEADER = 'the name of a header, with at most one *';
  const problemsOf = (cors: object) => problemsWith(bucket, { type: 'bucket', properties: { cors } });

  it.each([
    { enabled: true },
    { corsRules: [{}] },
    { corsRules: [{ allowedOrigins: ['*', 'http://localhost:3000', 'https://*.example.com', tokens().TEXT] }] },
    { corsRules: [{ allowedOrigins: ["$ResourceParam('api', 'url')"] }] },
    { corsRules: [{ allowedHeaders: ['x-amz-*', '*'], allowedMethods: ['*'], maxAge: 0 }] },
  ])('may be %j', (cors) => {
    expect(problemsOf(cors)).toEqual([]);
  });

  it.each([
    [{ enabled: 'yes' }, 'enabled', '"yes"', 'true or false', 'write true without quotes'],
    [{ corsRules: [] }, 'corsRules', '[]', 'at least 1 entry', 'add an entry'],
    [
      { corsRules: Array.from({ length: 101 }, () => ({})) },
      'corsRules',
      '101 entries',
      'at most 100 entries',
      'remove entries, or merge some',
    ],
    ...(
      [
        ['allowedOrigins', 'example.com', ORIGIN, 'write https://example.com'],
        ['allowedOrigins', 'http://example.com/path', ORIGIN, 'write http://example.com'],
        ['allowedOrigins', 'https://*.*.com', ORIGIN, 'write https://..com'],
        ['allowedHeaders', '*-*', HEADER, 'write a name such as content-type, or * for all'],
        ['allowedHeaders', '', HEADER, 'write a name such as content-type, or * for all'],
        ['exposedResponseHeaders', '*', 'the name of a header: S3 takes no * here', 'write a name such as etag'],
        ['allowedMethods', 'PATCH', 'GET, PUT, POST, DELETE, HEAD, *', 'use one of these'],
      ] as const
    ).map(([property, value, accepted, fix]): [object, string, string, string, string] => [
      { corsRules: [{ [property]: [value] }] },
      `corsRules[0].${property}[0]`,
      JSON.stringify(value),
      accepted,
      fix,
    ]),
    [
      { corsRules: [{ maxAge: -1 }] },
      'corsRules[0].maxAge',
      '-1',
      'a whole number from 0 to 2,147,483,647 seconds',
      'use 0',
    ],
  ])('not %j', (cors, path, found, accepted, fix) => {
    expect(problemsOf(cors)).toEqual([{ path: `properties.cors.${path}`, found, accepted, fix }]);
  });
});

describe('rules of the lifecycle of a bucket', () => {
  const problemsOf = (type: string, properties: object) =>
    problemsWith(bucket, { type: 'bucket', properties: { lifecycleRules: [{ type, properties }] } });
  const PLACE = 'properties.lifecycleRules[0].properties';
  const IA_FIX = 'write 30, or use another storageClass such as INTELLIGENT_TIERING';

  it.each<[string, object]>([
    ['expiration', { daysAfterUpload: 1 }],
    ['class-transition', { daysAfterUpload: 0, storageClass: 'GLACIER' }],
    ['class-transition', { daysAfterUpload: 30, storageClass: 'STANDARD_IA' }],
    ['non-current-version-class-transition', { daysAfterVersioned: 30, storageClass: 'ONEZONE_IA' }],
    ['non-current-version-class-transition', { daysAfterVersioned: 0, storageClass: 'DEEP_ARCHIVE' }],
    ['non-current-version-expiration', { daysAfterVersioned: 1, prefix: 'a', tags: [{ key: 'a', value: '' }] }],
    ['abort-incomplete-multipart-upload', { daysAfterInitiation: 1 }],
  ])('may be %s %j', (type, properties) => {
    expect(problemsOf(type, properties)).toEqual([]);
  });

  it.each<[string, object, string, string, string]>([
    ['expiration', { daysAfterUpload: 0 }, 'daysAfterUpload', '0', 'use 1'],
    ['class-transition', { daysAfterUpload: 29, storageClass: 'STANDARD_IA' }, 'daysAfterUpload', '29', IA_FIX],
    ['class-transition', { daysAfterUpload: 0, storageClass: 'ONEZONE_IA' }, 'daysAfterUpload', '0', IA_FIX],
    [
      'class-transition',
      { daysAfterUpload: 30, storageClass: 'STANDARD' },
      'storageClass',
      '"STANDARD"',
      'did you mean "STANDARD_IA"?',
    ],
    [
      'non-current-version-class-transition',
      { daysAfterVersioned: 29, storageClass: 'STANDARD_IA' },
      'daysAfterVersioned',
      '29',
      IA_FIX,
    ],
    [
      'expiration',
      { daysAfterUpload: 1, prefix: '' },
      'prefix',
      '""',
      'write a prefix such as logs/, or remove it for all objects',
    ],
    ['expiration', { daysAfterUpload: 1, tags: [] }, 'tags', '[]', 'add an entry'],
    [
      'expiration',
      { daysAfterUpload: 1, tags: [{ key: '', value: '' }] },
      'tags[0].key',
      '""',
      'write a key such as kind',
    ],
    [
      'abort-incomplete-multipart-upload',
      { daysAfterInitiation: 1, tags: [{ key: 'a', value: 'b' }] },
      'tags',
      'the unknown property "tags"',
      'remove it: it belongs to lifecycleRules of type expiration, non-current-version-expiration, class-transition or others',
    ],
  ])('not %s %j', (type, properties, path, found, fix) => {
    expect(problemsOf(type, properties)).toMatchObject([{ path: `${PLACE}.${path}`, found, fix }]);
  });
});

describe('by the names of Stacktape', () => {
  const problemsOf = (properties: object) => problemsWith(bucket, { type: 'bucket', properties });

  it('is private and encrypted', () => {
    expect(problemsOf({ accessibility: { accessibilityMode: 'private' }, encryption: true })).toEqual([]);
  });

  it.each(['public-read', 'public-read-write'])('is not %s', (accessibilityMode) => {
    expect(problemsOf({ accessibility: { accessibilityMode } })).toEqual([
      expect.objectContaining({
        path: 'properties.accessibility.accessibilityMode',
        fix: 'write private and sign URLs in your code, or create the bucket in Terraform and name it with existing',
      }),
    ]);
  });

  it('is not without encryption', () => {
    expect(problemsOf({ encryption: false })).toMatchObject([{ path: 'properties.encryption', accepted: 'true' }]);
  });
});
