/** @jest-environment-options {"browser": true} */
import { apiPath, ask, askLines, askText, OfflineError, tell } from '../../../../../cli/console/page/api/client';
import { setConnection, useConnection } from '../../../../../cli/console/page/api/connection';
import { openBrowser } from '../browser/browser';
import { openServer } from '../browser/server';

const browser = openBrowser();
const server = openServer();

/** What the page takes the server to be, after this. */
async function connectionAfter(work: Promise<unknown>): Promise<string> {
  await work.catch(() => {});
  return browser.hook(useConnection).current;
}

/** Why a question has no answer. */
async function problemOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

beforeEach(() => setConnection('open'));

it('asks for JSON and for a text', async () => {
  const json = ask<{ a: number }>('/api/a');
  server.last.answer({ a: 1 });
  expect(await json).toEqual({ a: 1 });
  const text = askText('/api/b');
  server.last.answer('b');
  expect(await text).toBe('"b"');
  expect(server.asked()).toEqual(['GET /api/a', 'GET /api/b']);
});

it('posts JSON', async () => {
  const fetched = jest.spyOn(server, 'fetch');
  const told = tell('/api/a', { b: [1] });
  server.last.answer({ id: 'x' });
  expect(await told).toEqual({ id: 'x' });
  expect(fetched).toHaveBeenCalledWith('/api/a', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"b":[1]}',
    signal: undefined,
  });
});

describe('lines', () => {
  /** The lines of an answer in these parts. */
  async function linesOf(...parts: string[]): Promise<unknown[]> {
    const lines: unknown[] = [];
    const reading = askLines('/api/a', (line) => lines.push(line));
    server.last.stream(parts);
    await reading;
    return lines;
  }

  it.each([
    [['{"a":1}\n{"a":2}\n'], [{ a: 1 }, { a: 2 }]],
    [
      ['{"a"', ':1}\n{"a":', '2}\n'],
      [{ a: 1 }, { a: 2 }],
    ],
    [['1\n2'], [1, 2]],
    [['\n\n1\n\n'], [1]],
    [[], []],
  ])('%j are %j', async (parts, lines) => {
    expect(await linesOf(...parts)).toEqual(lines);
  });

  it('come as soon as they are whole', async () => {
    let send: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        send = controller;
      },
    });
    globalThis.fetch = async () => new Response(body);
    const lines: unknown[] = [];
    const reading = askLines('/api/a', (line) => lines.push(line));
    send?.enqueue(new TextEncoder().encode('1\n2'));
    await new Promise((resolve) => setTimeout(resolve));
    expect(lines).toEqual([1]);
    send?.close();
    await reading;
    expect(lines).toEqual([1, 2]);
  });

  it('are of a POST if there is a body, which can be null', async () => {
    const { signal } = new AbortController();
    const reading = askLines('/api/a', () => {}, { body: null, signal });
    expect(server.last).toMatchObject({ method: 'POST', body: null, signal });
    server.last.stream([]);
    await reading;
    const asking = askLines('/api/a', () => {}, { signal });
    expect(server.last).toMatchObject({ method: 'GET', signal });
    expect(server.last.body).toBeUndefined();
    server.last.stream([]);
    await asking;
  });

  it('are none of an answer without a body', async () => {
    globalThis.fetch = async () => new Response(null);
    const onLine = jest.fn();
    await askLines('/api/a', onLine);
    expect(onLine).not.toHaveBeenCalled();
  });
});

describe('a problem', () => {
  it.each<[string, unknown, number, string]>([
    ['of the server', { error: 'Not found: run it again.' }, 404, 'Not found: run it again.'],
    ['without a message', {}, 500, 'The console answered with status 500.'],
    ['whose message is no text', { error: 1 }, 400, 'The console answered with status 400.'],
    ['that is null', null, 502, 'The console answered with status 502.'],
  ])('%s', async (_what, body, status, message) => {
    const asked = ask('/api/a');
    server.last.answer(body, status);
    expect(await problemOf(asked)).toMatchObject({ message, status });
    expect(await connectionAfter(asked)).toBe('open');
  });

  it('that is no JSON', async () => {
    globalThis.fetch = async () => new Response('<html>', { status: 503 });
    expect(await problemOf(ask('/api/a'))).toMatchObject({ message: 'The console answered with status 503.' });
  });

  it('the server does not answer', async () => {
    const asked = ask('/api/a');
    server.last.refuse();
    const problem = await problemOf(asked);
    expect(problem).toBeInstanceOf(OfflineError);
    expect(problem).toMatchObject({ message: 'The console has stopped.' });
    expect(await connectionAfter(asked)).toBe('stopped');
    const again = ask('/api/a');
    server.last.answer({});
    expect(await connectionAfter(again)).toBe('open');
  });

  it('the page does not want the answer any more', async () => {
    const leaving = new AbortController();
    const asked = ask('/api/a', leaving.signal);
    leaving.abort(new Error('left'));
    expect(await problemOf(asked)).toEqual(new Error('left'));
    expect(await connectionAfter(asked)).toBe('open');
    const text = askText('/api/a', leaving.signal);
    const told = tell('/api/a', {}, leaving.signal);
    expect(server.questions.map(({ signal }) => signal)).toEqual(Array(3).fill(leaving.signal));
    for (const question of server.questions) question.refuse();
    await Promise.all([problemOf(text), problemOf(told)]);
  });

  it.each([
    ['read, the server does not know the browser', () => ask('/api/a'), 'refused'],
    ['write, it can have other reasons', () => tell('/api/a', {}), 'open'],
  ])('403 for a %s', async (_what, work, connection) => {
    const asked = work();
    server.last.answer({ error: 'No.' }, 403);
    expect(await connectionAfter(asked)).toBe(connection);
  });
});

it.each([
  ['/api/runs', undefined, '/api/runs'],
  ['/api/runs', {}, '/api/runs'],
  ['/api/runs', { place: undefined }, '/api/runs'],
  [
    '/api/run',
    { place: 'aws', id: 'a b&c', from: 0, count: undefined, q: '' },
    '/api/run?place=aws&id=a+b%26c&from=0&q=',
  ],
])('the address of %s with %j', (path, query, address) => {
  expect(apiPath(path, query)).toBe(address);
});
