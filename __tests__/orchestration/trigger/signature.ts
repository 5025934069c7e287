import { createHash, createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Keys that the tests sign with. */
export const TEST_CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  AWS_SESSION_TOKEN: 'session/token+with=signs',
} as const;

/**
 * Why a request's AWS Signature Version 4 is wrong, or `undefined` when it is right. Written from AWS's description
 * of the algorithm, without the library under test.
 */
export function signatureProblem(
  method: string,
  rawUrl: string,
  headers: IncomingHttpHeaders,
  body: Buffer,
): string | undefined {
  const match = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\S+), SignedHeaders=(\S+), Signature=([0-9a-f]{64})$/.exec(
    headers.authorization ?? '',
  );
  const [, keyId, scope = '', signedHeaders = '', signature] = match ?? [];
  if (!match) return 'no Authorization header of the right form';
  if (keyId !== TEST_CREDENTIALS.AWS_ACCESS_KEY_ID) return 'unknown access key';
  const [date = '', region = '', service = ''] = scope.split('/');
  const names = signedHeaders.split(';');
  for (const name of ['host', 'x-amz-date', 'x-amz-security-token']) {
    if (!names.includes(name)) return `${name} is not signed`;
  }
  if (headers['x-amz-security-token'] !== TEST_CREDENTIALS.AWS_SESSION_TOKEN) return 'wrong session token';

  const digest = sha256(body);
  if (service === 's3' && headers['x-amz-content-sha256'] !== digest) return 'the body does not match its digest';

  const [path = '', query = ''] = rawUrl.split('?');
  const canonicalPath =
    service === 's3' ? encodePath(decodeURIComponent(path)) : path.split('/').map(encodeSegment).join('/');
  const canonical = [
    method,
    canonicalPath,
    query,
    ...names.map((name) => `${name}:${String(headers[name]).trim().replace(/ +/g, ' ')}`),
    '',
    signedHeaders,
    digest,
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const key = [date, region, service, 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => hmac(secret, part),
    `AWS4${TEST_CREDENTIALS.AWS_SECRET_ACCESS_KEY}`,
  );
  return hmac(key, toSign).toString('hex') === signature ? undefined : 'the signature does not match';
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}

function encodePath(path: string): string {
  return path.split('/').map(encodeSegment).join('/');
}

function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
