import { createHash } from 'node:crypto';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { sign } from 'aws4';
import { objectUrl } from '../trigger/endpoint';
import { StartError } from '../trigger/start-error';
import type { ItemsEnvironment } from './environment';
import type { ObjectAddress } from './event-items';

/** A request for an object, before it is signed. */
export interface ObjectRequest extends ObjectAddress {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Such as `partNumber=1&uploadId=...`. @default none */
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

/** Regions of buckets that are not in the function's, as S3 said. */
const regions = new Map<string, string>();

/** Silence of S3 after which a response is given up, in milliseconds. */
const SILENCE_MS = 20_000;

/**
 * Signs and sends one request. Other than the trigger function's client, it can stream the response, and send binary parts.
 *
 * @param timeoutMs from sending to the first byte of the response
 * @returns the response with a 2xx status, of which nothing has been read
 * @throws StartError with S3's code and message
 */
export async function requestObject(
  given: ObjectRequest,
  environment: ItemsEnvironment,
  timeoutMs: number,
): Promise<IncomingMessage> {
  const { region, response } = await send(given, environment, timeoutMs);
  const { statusCode: status = 0 } = response;
  if (status >= 200 && status <= 299) return response;
  const elsewhere = response.headers['x-amz-bucket-region'];
  const text = await textOf(response);
  if (typeof elsewhere === 'string' && elsewhere !== region && environment.s3Endpoint === undefined) {
    regions.set(given.bucket, elsewhere);
    throw new StartError('OtherRegion', `The bucket ${given.bucket} is in ${elsewhere}.`, true);
  }
  const code = /<Code>([^<]*)<\/Code>/.exec(text)?.[1] ?? `HTTP ${status}`;
  const message = /<Message>([^<]*)<\/Message>/.exec(text)?.[1] ?? text.slice(0, 200);
  const curable = status >= 500 || status === 429 || status === 408 || code === 'RequestTimeout' || code === 'SlowDown';
  throw new StartError(code, `${code} (HTTP ${status}): ${message}`, curable);
}

async function send(given: ObjectRequest, environment: ItemsEnvironment, timeoutMs: number) {
  const { method, bucket, key, query, headers = {}, body = Buffer.alloc(0) } = given;
  const { partition, credentials, s3Endpoint } = environment;
  const region = regions.get(bucket) ?? environment.region;
  const base = new URL(objectUrl({ region, partition, configured: s3Endpoint }, bucket, key));
  const url = query === undefined ? base : new URL(`${base.href}?${query}`);
  const signed = sign(
    {
      service: 's3',
      region,
      method,
      host: url.host,
      path: url.pathname + url.search,
      // aws4 takes a body without a type for a form.
      headers: {
        'Content-Type': 'application/octet-stream',
        ...headers,
        'X-Amz-Content-Sha256': createHash('sha256').update(body).digest('hex'),
      },
      body,
    },
    credentials,
  );
  const open = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = open(url, { method, headers: { ...signed.headers, 'Content-Length': body.length } }, resolve);
    const timer = setTimeout(() => outgoing.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    outgoing.on('response', () => clearTimeout(timer));
    outgoing.on('close', () => clearTimeout(timer));
    outgoing.on('error', (cause: NodeJS.ErrnoException) => reject(networkError(cause, url)));
    outgoing.end(body);
  });
  response.setTimeout(SILENCE_MS, () => response.destroy(new Error(`S3 was silent for ${SILENCE_MS} ms`)));
  return { region, response };
}

function networkError(cause: NodeJS.ErrnoException, url: URL): StartError {
  return new StartError(cause.code ?? 'NetworkError', `${url.host} could not be reached: ${cause.message}`, true, {
    cause,
  });
}

/** The rest of a response. @throws StartError if it ends early */
export async function bytesOf(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of response) chunks.push(chunk as Buffer);
  } catch (error) {
    throw new StartError('NetworkError', `S3's answer ended early: ${String(error)}`, true, { cause: error });
  }
  return Buffer.concat(chunks);
}

async function textOf(response: IncomingMessage): Promise<string> {
  return (await bytesOf(response)).toString('utf8');
}
