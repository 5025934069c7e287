import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { inspect } from 'node:util';
import { ConfigError } from '../../../modules/problems/config-error';
import { CommandFailure, isSystemError, systemFault } from '../../command/reported-error';
import { UsageError } from '../../command/usage-error';
import { SAFE_HEADERS } from './guard';
import { RequestError, StreamedLines, StreamedText } from './route';

/** Sends what a route has returned. */
export async function send(response: ServerResponse, answer: unknown): Promise<void> {
  if (answer instanceof StreamedLines) {
    response.writeHead(200, { ...SAFE_HEADERS, 'Content-Type': 'application/x-ndjson' });
    await piped(jsonLines(answer.values), response);
  } else if (answer instanceof StreamedText) {
    response.writeHead(200, { ...SAFE_HEADERS, ...textHeaders(answer.fileName) });
    await piped(answer.pieces, response);
  } else {
    sendJson(response, 200, answer);
  }
}

/**
 * Sends an error: what has gone wrong, in one sentence for people.
 *
 * @param isRead whether a browser shows the answer as it is, and not the page
 */
export function sendError(response: ServerResponse, error: unknown, isRead: boolean): void {
  const { status, message } = faultOf(error);
  const headers: Readonly<Record<string, string>> = status === 405 ? { Allow: 'GET, POST' } : {};
  // Nothing can be said any more in an answer that has begun. The browser sees that it is not complete.
  if (response.headersSent) response.destroy();
  else if (isRead) sendWhole(response, status, 'text/plain', message, headers);
  else sendJson(response, status, { error: message }, headers);
}

function sendJson(response: ServerResponse, status: number, value: unknown, headers = {}): void {
  sendWhole(response, status, 'application/json', JSON.stringify(value ?? null), headers);
}

export function sendWhole(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): void {
  response
    .writeHead(status, {
      ...SAFE_HEADERS,
      'Content-Type': `${type}${/^text|json|javascript|xml/.test(type) ? '; charset=utf-8' : ''}`,
      'Content-Length': Buffer.byteLength(body),
      ...headers,
    })
    .end(body);
}

function faultOf(error: unknown): { readonly status: number; readonly message: string } {
  if (error instanceof RequestError) return { status: error.status, message: error.message };
  if (error instanceof UsageError || error instanceof ConfigError) return { status: 400, message: error.message };
  if (error instanceof CommandFailure) return { status: 502, message: error.message };
  if (isSystemError(error)) return { status: 500, message: systemFault(error) };
  console.error(inspect(error));
  return { status: 500, message: 'The console failed: its terminal shows why. Report it as a defect.' };
}

async function* jsonLines(values: AsyncIterable<unknown>): AsyncGenerator<string> {
  try {
    for await (const value of values) yield `${JSON.stringify(value)}\n`;
  } catch (error) {
    yield `${JSON.stringify({ error: faultOf(error).message })}\n`;
  }
}

/** Sends pieces as fast as the browser takes them. A browser that goes away ends it. */
async function piped(pieces: AsyncIterable<unknown> | Iterable<unknown>, response: ServerResponse): Promise<void> {
  try {
    await pipeline(Readable.from(pieces, { objectMode: true }), response);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

/** Plain text, also where a browser would like to see HTML in it. */
function textHeaders(fileName: string | undefined): Record<string, string> {
  const type = { 'Content-Type': 'text/plain; charset=utf-8' };
  if (fileName === undefined) return type;
  return { ...type, 'Content-Disposition': `attachment; filename="${fileName.replace(/[^\w.() -]/g, '_')}"` };
}
