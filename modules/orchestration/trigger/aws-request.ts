import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { sign } from 'aws4';
import type { AwsCredentials } from './environment';
import { asObject, asText } from './json';
import { StartError } from './start-error';

/** A request to an AWS service, before it is signed. */
export interface AwsRequest {
  /** Service name in the signature's scope: `states` or `s3`. */
  readonly service: string;
  readonly region: string;
  readonly credentials: AwsCredentials;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A service's response with a 2xx status. */
export interface AwsResponse {
  readonly body: string;
  /** Time of the service's clock (`Date` header, whole seconds), in milliseconds since 1970. */
  readonly date: number | undefined;
  /** The object's ETag, from S3. */
  readonly etag: string | undefined;
}

/**
 * Error codes after which the same request can be repeated, although some have status 400. Codes that contain "Throttl" can too.
 */
const CURABLE_CODES: ReadonlySet<string> = new Set([
  'BandwidthLimitExceeded',
  // A quota that passes: executions end and make room.
  'ExecutionLimitExceeded',
  'InternalFailure',
  'InternalServerError',
  'PriorRequestNotComplete',
  'RequestLimitExceeded',
  'RequestTimeout',
  'RequestTimeoutException',
  'ServiceUnavailable',
  'SlowDown',
  'TooManyRequestsException',
]);

/**
 * Signs and sends one request, without retries.
 *
 * Uses Node's HTTP client, because the global `fetch` takes several times the duration of the request to load.
 *
 * @param timeoutMs From sending to the last byte of the response.
 * @throws StartError with the service's code and message. Curable if the cause is throttling, the service or the network.
 */
export async function sendAwsRequest(request: AwsRequest, timeoutMs: number): Promise<AwsResponse> {
  const url = new URL(request.url);
  const signed = sign(
    {
      service: request.service,
      region: request.region,
      method: request.method,
      host: url.host,
      path: url.pathname,
      headers: { ...request.headers },
      body: request.body,
    },
    request.credentials,
  );
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const { status, body, headers } = await new Promise<Answer>((resolve, reject) => {
    const outgoing = send(url, { method: request.method, headers: signed.headers }, (incoming) => {
      readAnswer(incoming).then(resolve, fail);
    });
    const timer = setTimeout(() => outgoing.destroy(new TimeoutError(timeoutMs)), timeoutMs);
    const fail = (cause: Error) => reject(networkError(cause, url));
    outgoing.on('error', fail);
    outgoing.on('close', () => clearTimeout(timer));
    outgoing.end(request.body);
  });

  if (status < 200 || status > 299) throw serviceError(status, headers, body);
  const date = Date.parse(headers.date ?? '');
  return { body, date: Number.isNaN(date) ? undefined : date, etag: headers.etag };
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

class TimeoutError extends Error {
  readonly code = 'Timeout';

  constructor(timeoutMs: number) {
    super(`no answer within ${timeoutMs} ms`);
  }
}

async function readAnswer(incoming: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks).toString('utf8') };
}

function networkError(cause: Error, url: URL): StartError {
  const code = asText((cause as NodeJS.ErrnoException).code) ?? 'NetworkError';
  return new StartError(code, `${url.host} could not be reached: ${cause.message}`, true, { cause });
}

function serviceError(status: number, headers: IncomingMessage['headers'], body: string): StartError {
  const { code, message } = errorIn(body, headers['x-amzn-errortype']);
  const curable = status >= 500 || status === 429 || status === 408 || CURABLE_CODES.has(code) || /throttl/i.test(code);
  return new StartError(code || `HTTP ${status}`, `${code || 'Error'} (HTTP ${status}): ${message}`, curable);
}

/** Step Functions reports errors in JSON, S3 in XML, and a proxy or load balancer in any format. */
function errorIn(body: string, errorType: string | string[] | undefined): { code: string; message: string } {
  const error = asObject(parsed(body));
  const code = asText(error?.__type) ?? asText([errorType].flat()[0]) ?? /<Code>([^<]*)<\/Code>/.exec(body)?.[1] ?? '';
  const message = asText(error?.message) ?? asText(error?.Message) ?? /<Message>([^<]*)<\/Message>/.exec(body)?.[1];
  return { code: bareCode(code), message: message ?? body.slice(0, 200) };
}

/** `com.amazonaws.swf.service.v2.model#ThrottlingException:http://...` means `ThrottlingException`. */
function bareCode(code: string): string {
  return code.replace(/^.*#/, '').replace(/:.*$/, '');
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
