// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { lifecycleRules } from '../../../modules/resources/bucket/lifecycle-rules';

type Rule = Parameters<typeof lifecycleRules>[0][number];

const KIND = { key: 'kind', value: '${draft}' };

it.each<[string, Rule, object]>([
  [
    'deletes all objects',
    { type: 'expiration', properties: { daysAfterUpload: 3 } },
    { filter: [{ prefix: '' }], expiration: [{ days: 3 }] },
  ],
  [
    'deletes those under a prefix',
    { type: 'expiration', properties: { prefix: 'tmp/${x}', daysAfterUpload: 3 } },
    { filter: [{ prefix: 'tmp/$${x}' }], expiration: [{ days: 3 }] },
  ],
  [
    'deletes old versions with a tag',
    { type: 'non-current-version-expiration', properties: { tags: [KIND], daysAfterVersioned: 4 } },
    { filter: [{ tag: { key: 'kind', value: '$${draft}' } }], noncurrentVersionExpiration: [{ noncurrentDays: 4 }] },
  ],
  [
    'moves objects with a tag under a prefix',
    {
      type: 'class-transition',
      properties: { tags: [KIND], prefix: 'a/', daysAfterUpload: 30, storageClass: 'STANDARD_IA' },
    },
    {
      filter: [{ and: { prefix: 'a/', tags: { kind: '$${draft}' } } }],
      transition: [{ days: 30, storageClass: 'STANDARD_IA' }],
    },
  ],
  [
    'moves old versions with two tags',
    {
      type: 'non-current-version-class-transition',
      properties: { tags: [KIND, { key: 'b', value: '' }], daysAfterVersioned: 0, storageClass: 'GLACIER' },
    },
    {
      filter: [{ and: { tags: { kind: '$${draft}', b: '' } } }],
      noncurrentVersionTransition: [{ noncurrentDays: 0, storageClass: 'GLACIER' }],
    },
  ],
  [
    'deletes incomplete uploads',
    { type: 'abort-incomplete-multipart-upload', properties: { prefix: 'big/', daysAfterInitiation: 30 } },
    { filter: [{ prefix: 'big/' }], abortIncompleteMultipartUpload: [{ daysAfterInitiation: 30 }] },
  ],
])('%s', (_, rule, expected) => {
  expect(lifecycleRules([rule])).toEqual([{ id: `1-${rule.type}`, status: 'Enabled', ...expected }]);
});

it('names rules by their place and type', () => {
  const rule = { type: 'expiration', properties: { daysAfterUpload: 3 } } as const;
  expect(lifecycleRules([rule, rule]).map(({ id }) => id)).toEqual(['1-expiration', '2-expiration']);
});
