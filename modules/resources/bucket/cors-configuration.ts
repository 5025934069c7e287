import { S3BucketCorsConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-cors-configuration';
import type { Construct } from 'constructs';
import type { z } from 'zod';
import { literal } from '../../terraform/literal';
import { CORS_METHODS, type cors } from './cors';

/** Lets pages of other origins call the bucket with URLs that somebody signed for them. */
export function createCors(scope: Construct, bucket: string, { corsRules }: z.output<typeof cors>): void {
  new S3BucketCorsConfiguration(scope, 'Cors', {
    bucket,
    corsRule: corsRules.map(
      ({ allowedOrigins, allowedHeaders, allowedMethods, exposedResponseHeaders, maxAge }, index) => ({
        id: `rule-${index + 1}`,
        allowedOrigins: allowedOrigins.map(literal),
        allowedHeaders,
        allowedMethods: allowedMethods.includes('*') ? [...CORS_METHODS] : allowedMethods,
        ...(exposedResponseHeaders.length > 0 && { exposeHeaders: exposedResponseHeaders }),
        ...(maxAge !== undefined && { maxAgeSeconds: maxAge }),
      }),
    ),
  });
}
