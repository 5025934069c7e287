import type { Variables } from './credentials';
import type { EventReference } from './event-reference';
import { urlIn } from './request';
import { encodedPath } from './signature';

/** Domains of AWS, by the beginning of the region's name. In all other regions it is `amazonaws.com`. */
const SUFFIXES: readonly (readonly [regionPrefix: string, suffix: string])[] = [
  ['cn-', 'amazonaws.com.cn'],
  ['eusc-', 'amazonaws.eu'],
  ['us-iso-', 'c2s.ic.gov'],
  ['us-isob-', 'sc2s.sgov.gov'],
  ['eu-isoe-', 'cloud.adc-e.uk'],
  ['us-isof-', 'csp.hci.ic.gov'],
];

/**
 * The URL of an object. For Amazon S3, the bucket is part of the host name, as AWS recommends. For a configured endpoint it is part of the
 * path, since an emulator has no host names for buckets, and also for a bucket with a dot in its name, which no certificate covers.
 */
export function objectAddress(
  { bucket, key }: Pick<EventReference, 'bucket' | 'key'>,
  region: string,
  variables: Variables,
): { readonly origin: string; readonly path: string } {
  const variable = variables.AWS_ENDPOINT_URL_S3 ? 'AWS_ENDPOINT_URL_S3' : 'AWS_ENDPOINT_URL';
  const configured = variables[variable];
  if (configured) {
    const { origin, pathname } = urlIn(variable, configured);
    return { origin, path: `${pathname.replace(/\/+$/, '')}${encodedPath(`/${bucket}/${key}`)}` };
  }
  const suffix = SUFFIXES.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'amazonaws.com';
  const host = `s3.${region}.${suffix}`;
  if (bucket.includes('.')) return { origin: `https://${host}`, path: encodedPath(`/${bucket}/${key}`) };
  return { origin: `https://${bucket}.${host}`, path: encodedPath(`/${key}`) };
}
