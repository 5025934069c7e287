import type { S3BucketLifecycleConfigurationRule } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import type { z } from 'zod';
import { literal } from '../../terraform/literal';
import type { lifecycleRule } from './lifecycle';

type Rule = z.output<typeof lifecycleRule>;

/** The rules as Terraform has them. */
export function lifecycleRules(rules: readonly Rule[]): S3BucketLifecycleConfigurationRule[] {
  return rules.map((rule, index) => ({
    id: `${index + 1}-${rule.type}`,
    status: 'Enabled',
    filter: [filterOf(rule)],
    ...actionOf(rule),
  }));
}

/** S3 takes several conditions only within `and`. */
function filterOf({ properties }: Rule): object {
  const prefix = properties.prefix === undefined ? undefined : literal(properties.prefix);
  const tags = 'tags' in properties ? (properties.tags ?? []) : [];
  const [only] = tags;
  if (only === undefined) return { prefix: prefix ?? '' };
  if (prefix === undefined && tags.length === 1) return { tag: { key: literal(only.key), value: literal(only.value) } };
  const byKey = Object.fromEntries(tags.map(({ key, value }) => [literal(key), literal(value)]));
  return { and: { ...(prefix !== undefined && { prefix }), tags: byKey } };
}

function actionOf(rule: Rule): Partial<S3BucketLifecycleConfigurationRule> {
  switch (rule.type) {
    case 'expiration':
      return { expiration: [{ days: rule.properties.daysAfterUpload }] };
    case 'non-current-version-expiration':
      return { noncurrentVersionExpiration: [{ noncurrentDays: rule.properties.daysAfterVersioned }] };
    case 'class-transition': {
      const { daysAfterUpload, storageClass } = rule.properties;
      return { transition: [{ days: daysAfterUpload, storageClass }] };
    }
    case 'non-current-version-class-transition': {
      const { daysAfterVersioned, storageClass } = rule.properties;
      return { noncurrentVersionTransition: [{ noncurrentDays: daysAfterVersioned, storageClass }] };
    }
    case 'abort-incomplete-multipart-upload':
      return { abortIncompleteMultipartUpload: [{ daysAfterInitiation: rule.properties.daysAfterInitiation }] };
  }
}
