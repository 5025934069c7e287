import { dnsSuffix } from '../../rules/partitions';

/** Where to reach a service. */
export interface EndpointOptions {
  /** `states` or `s3`. */
  readonly service: string;
  readonly region: string;
  /** Such as `aws`, `aws-cn` or `aws-us-gov`: the second field of an ARN. */
  readonly partition: string;
  /** A URL to use instead of the public endpoint, with or without a path. */
  readonly configured: string | undefined;
}

/** The service's base URL, without a trailing slash. */
export function endpoint(options: EndpointOptions): string {
  const publicEndpoint = `https://${options.service}.${options.region}.${dnsSuffix(options.partition)}`;
  return (options.configured ?? publicEndpoint).replace(/\/+$/, '');
}

/**
 * URL of an object. The public S3 endpoint uses the bucket's host name, as AWS recommends. A configured endpoint uses the path, because an
 * emulator has no host names for buckets. So does a bucket with a dot, which no certificate covers.
 */
export function objectUrl(options: Omit<EndpointOptions, 'service'>, bucket: string, key: string): string {
  const base = endpoint({ ...options, service: 's3' });
  const path = key.split('/').map(encodeURIComponent).join('/');
  if (options.configured !== undefined || bucket.includes('.')) return `${base}/${bucket}/${path}`;
  return `${base.replace('https://', `https://${bucket}.`)}/${path}`;
}
