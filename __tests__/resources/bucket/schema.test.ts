import { parse } from '../../../modules/config/parse';
import { bucket } from '../../../modules/resources/bucket/schema';
import { problemsWith, tokens } from '../../stack-config/samples';

describe('a bucket in a config', () => {
  it('is fine with nothing but its type, and with every property', () => {
    expect(parse(bucket, { type: 'bucket' }, 'test')).toEqual({ type: 'bucket' });
    expect(parse(bucket, { type: 'bucket', properties: {} }, 'test').properties).toEqual({
      versioning: false,
      forceDestroy: false,
    });
    const properties = { versioning: true, forceDestroy: true };
    expect(parse(bucket, { type: 'bucket', properties }, 'test').properties).toEqual(properties);
  });

  it.each(['arn:aws:s3:::invoices', 'arn:aws-us-gov:s3:::in.voices-1', tokens().TEXT])('may be there: %s', (arn) => {
    expect(problemsWith(bucket, { type: 'bucket', existing: { arn } })).toEqual([]);
  });

  it.each([
    ['invoices', 'write arn:aws:s3:::invoices'],
    ['arn:aws:s3:::invoices/*', "write arn:aws:s3:::<name>, without anything after the bucket's name"],
    [
      'arn:aws:s3:eu-west-1:123456789012:accesspoint/x',
      "write arn:aws:s3:::<name>, without anything after the bucket's name",
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
