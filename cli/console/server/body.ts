import type { IncomingMessage } from 'node:http';
import { RequestError } from './route';

/** Maximum size of a body in bytes. An event of 6 MB, the most that a function can be invoked with, grows as a JSON string. */
const LARGEST = 16 * 1024 * 1024;

/**
 * The JSON of a request's body.
 *
 * @throws RequestError if it is too large or no JSON
 */
export async function jsonBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  if (Number(request.headers['content-length'] ?? 0) > LARGEST) throw tooLarge();
  let size = 0;
  // The connection is still needed to say that the body is too large.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > LARGEST) throw tooLarge();
    chunks.push(chunk);
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
  } catch {
    throw new RequestError(400, 'The body must be JSON in UTF-8.');
  }
}

function tooLarge(): RequestError {
  return new RequestError(413, `The body has more than ${LARGEST / 1024 / 1024} MiB.`);
}
