import { dnsSuffix } from '../../rules/partitions';

/** Where a service is reached. */
export interface EndpointOptions {
  /** `states` or `s3`. */
  readonly service: string;
  readonly region: string;
  /** `aws`, `aws-cn`, `aws-us-gov` and so on: the second field of any ARN. */
  readonly partition: string;
  /** A URL that takes the public endpoint's place, with or without a path. */
  readonly configured: string | undefined;
}

/** The service's base URL, without a slash at its end. */
export function endpoint(options: EndpointOptions): string {
  const publicEndpoint = `https://${options.service}.${options.region}.${dnsSuffix(options.partition)}`;
  return (options.configured ?? publicEndpoint).replace(/\/+$/, '');
}

/**
 * URL of an object. Public S3 is addressed by the bucket's own host, as AWS asks; a configured endpoint by path, since
 * an emulator's host name has no buckets below it, and likewise a bucket with a dot, which no certificate covers.
 */
export function objectUrl(options: Omit<EndpointOptions, 'service'>, bucket: string, key: string): string {
  const base = endpoint({ ...options, service: 's3' });
  const path = key.split('/').map(encodeURIComponent).join('/');
  if (options.configured !== undefined || bucket.includes('.')) return `${base}/${bucket}/${path}`;
  return `${base.replace('https://', `https://${bucket}.`)}/${path}`;
}
