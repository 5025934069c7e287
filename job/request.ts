import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** A response of a server, with any status. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A request that failed. */
export class RequestError extends Error {
  override readonly name = 'RequestError';

  /** @param isCurable The same request can succeed later. */
  constructor(
    message: string,
    readonly isCurable: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * Sends one request.
 *
 * @param timeoutMs From the connection to the last byte of the answer.
 * @throws RequestError, curable, if no complete response arrives in time
 */
export function get(
  { origin, path }: { readonly origin: string; readonly path: string },
  headers: Readonly<Record<string, string>>,
  timeoutMs: number,
): Promise<Answer> {
  const url = new URL(origin);
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const fail = (error: Error) =>
      reject(new RequestError(`${url.host} could not be reached: ${error.message}`, true, { cause: error }));
    // The path as it was signed. A URL object would change a path that contains `..`.
    const outgoing = send(url, { path, headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', fail);
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) }),
      );
    });
    const timer = setTimeout(() => outgoing.destroy(new Error(`no answer within ${timeoutMs / 1000} s`)), timeoutMs);
    outgoing.on('error', fail);
    outgoing.on('close', () => clearTimeout(timer));
    outgoing.end();
  });
}

/** The URL in a variable. */
export function urlIn(variable: string, value: string): URL {
  try {
    const url = new URL(value);
    if (/^https?:$/.test(url.protocol)) return url;
  } catch {
    // Reported below.
  }
  throw new RequestError(`${variable} is "${value}". It must be a URL that begins with http:// or https://`, false);
}
