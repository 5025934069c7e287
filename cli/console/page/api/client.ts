import { setConnection } from './connection';

/** What the server answered instead of data. The message is complete, with what to do. */
class ApiError extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

/** The server did not answer. */
export class OfflineError extends Error {
  constructor() {
    super('The console has stopped.');
  }
}

/** `GET /api/...` as JSON. */
export async function ask<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await (await answer(path, { signal })).json()) as T;
}

/** `GET /api/...` as a text. */
export async function askText(path: string, signal?: AbortSignal): Promise<string> {
  return (await answer(path, { signal })).text();
}

/** `POST /api/...` with a JSON body. */
export async function tell<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  return (await (await answer(path, posted(body, signal))).json()) as T;
}

/** Reads an answer of one JSON value a line as it comes. `body` makes it a POST. */
export async function askLines<T>(
  path: string,
  onLine: (line: T) => void,
  options: { readonly signal?: AbortSignal; readonly body?: unknown } = {},
): Promise<void> {
  const { signal, body } = options;
  const response = await answer(path, body === undefined ? { signal } : posted(body, signal));
  if (response.body === null) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value = '' } = await reader.read();
    const lines = (rest + value).split('\n');
    // The line that is not whole yet.
    if (!done) rest = lines.pop() as string;
    for (const line of lines) if (line !== '') onLine(JSON.parse(line) as T);
    if (done) return;
  }
}

/** The address of a question: `apiPath('/api/runs', { place })`. */
export function apiPath(path: string, query: Readonly<Record<string, string | number | undefined>> = {}): string {
  const given = Object.entries(query).filter((entry) => entry[1] !== undefined);
  const search = new URLSearchParams(given.map(([key, value]) => [key, String(value)]));
  return search.size === 0 ? path : `${path}?${search}`;
}

function posted(body: unknown, signal: AbortSignal | undefined): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal };
}

async function answer(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    setConnection('stopped');
    throw new OfflineError();
  }
  // A write is also refused for other reasons, such as --read-only.
  const isUnknown = response.status === 403 && init.method === undefined;
  setConnection(isUnknown ? 'refused' : 'open');
  if (!response.ok) throw new ApiError(await message(response), response.status);
  return response;
}

async function message(response: Response): Promise<string> {
  try {
    const { error } = (await response.json()) as { readonly error?: unknown };
    if (typeof error === 'string') return error;
  } catch {}
  return `The console answered with status ${response.status}.`;
}
