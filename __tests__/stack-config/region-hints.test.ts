import { regionHints } from '../../modules/stack-config/region-hints';
import { tokens } from './samples';

const s3 = { type: 's3', bucket: 'states' } as const;

it('knows the regions of AWS, and expects none', () => {
  expect(regionHints({ region: 'eu-west-1' })).toEqual([]);
  expect(regionHints({})).toEqual([]);
  expect(
    regionHints({ region: 'eu-west-1', backend: { ...s3, region: 'us-east-1', stsRegion: 'cn-north-1' } }),
  ).toEqual([]);
});

it('names known regions whose name is similar', () => {
  expect(regionHints({ region: 'eu-west-11' })).toEqual([
    {
      property: 'region',
      message: '"eu-west-11" is not a region that is known here; known ones with a similar name: eu-west-1',
    },
  ]);
});

it('names each of several similar ones', () => {
  expect(regionHints({ region: 'eu-west-9' })).toEqual([
    {
      property: 'region',
      message:
        '"eu-west-9" is not a region that is known here; known ones with a similar name: eu-west-1, eu-west-2, eu-west-3',
    },
  ]);
});

it('says no more if it knows no region of the partition', () => {
  expect(regionHints({ region: 'us-iso-east-9' })).toEqual([
    { property: 'region', message: '"us-iso-east-9" is not a region that is known here' },
  ]);
});

it('looks at each region of an S3 backend', () => {
  const backend = { ...s3, region: 'nowhere-at-all-in-aws', stsRegion: 'nowhere-else-in-aws' };
  expect(regionHints({ region: 'nor-here-anywhere-in-aws', backend }).map(({ property }) => property)).toEqual([
    'region',
    'backend.region',
    'backend.stsRegion',
  ]);
});

it('looks at no other backend', () => {
  const cloud = { type: 'cloud', organization: 'acme', region: 'nowhere-at-all-in-aws' } as const;
  expect(regionHints({ backend: cloud })).toEqual([]);
});

it('does not know a region that only Terraform knows', () => {
  expect(regionHints({ region: tokens().TEXT })).toEqual([]);
});
