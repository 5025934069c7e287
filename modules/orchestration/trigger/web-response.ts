import { STATUS_CODES } from 'node:http';
import type { WebRequest } from './web-request';

/** Seconds after which a caller can try again. */
const RETRY_AFTER_SECONDS = 5;

/** The result that API Gateway and load balancers turn into an HTTP response. */
export interface WebResponse {
  readonly statusCode: number;
  /** Status line, for a load balancer. */
  readonly statusDescription?: string;
  /** Strings only: a load balancer responds with 502 to a number. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>;
  /** JSON, or empty. */
  readonly body: string;
  readonly isBase64Encoded: false;
}

/** Converts a response to the format of the request's source. */
export function webResponse(
  request: WebRequest,
  statusCode: number,
  content: Readonly<Record<string, unknown>>,
): WebResponse {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (statusCode === 503) headers['retry-after'] = String(RETRY_AFTER_SECONDS);
  return shaped(request, statusCode, headers, JSON.stringify(content));
}

/** A response without content. */
export function emptyResponse(request: WebRequest, statusCode: number): WebResponse {
  return shaped(request, statusCode, {}, '');
}

function shaped(
  request: WebRequest,
  statusCode: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): WebResponse {
  const content = { body, isBase64Encoded: false } as const;
  if (request.kind === 'http-api') return { statusCode, headers, ...content };

  const statusDescription = `${statusCode} ${STATUS_CODES[statusCode]}`;
  if (!request.multiValueHeaders) return { statusCode, statusDescription, headers, ...content };
  const multiValueHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  return { statusCode, statusDescription, multiValueHeaders, ...content };
}
