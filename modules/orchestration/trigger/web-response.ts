import { STATUS_CODES } from 'node:http';
import type { WebRequest } from './web-request';

/** Seconds after which a caller may try again. */
export const RETRY_AFTER_SECONDS = 5;

/** What API Gateway and load balancers turn into an HTTP response. */
export interface WebResponse {
  readonly statusCode: number;
  /** A load balancer's status line. */
  readonly statusDescription?: string;
  /** Strings only: a load balancer answers 502 for a number. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>;
  /** JSON text. */
  readonly body: string;
  readonly isBase64Encoded: false;
}

/** Puts an answer into the shape that the request's source understands. */
export function webResponse(
  request: WebRequest,
  statusCode: number,
  content: Readonly<Record<string, unknown>>,
): WebResponse {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (statusCode === 503) headers['retry-after'] = String(RETRY_AFTER_SECONDS);
  const body = { body: JSON.stringify(content), isBase64Encoded: false } as const;
  if (request.kind === 'http-api') return { statusCode, headers, ...body };

  const statusDescription = `${statusCode} ${STATUS_CODES[statusCode]}`;
  if (!request.multiValueHeaders) return { statusCode, statusDescription, headers, ...body };
  const multiValueHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  return { statusCode, statusDescription, multiValueHeaders, ...body };
}
