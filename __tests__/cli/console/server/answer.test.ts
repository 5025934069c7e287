import type { ServerResponse } from 'node:http';
import { PassThrough, Writable } from 'node:stream';
import { CommandFailure } from '../../../../cli/command/reported-error';
import { UsageError } from '../../../../cli/command/usage-error';
import { send, sendError, sendWhole } from '../../../../cli/console/server/answer';
import { SAFE_HEADERS } from '../../../../cli/console/server/guard';
import { RequestError, StreamedLines, StreamedText } from '../../../../cli/console/server/route';
import { ConfigError } from '../../../../modules/problems/config-error';

/** A response that keeps what is sent. */
class Sent extends PassThrough {
  status = 0;
  headers: Record<string, unknown> = {};
  headersSent = false;

  writeHead(status: number, headers: Record<string, unknown>): this {
    Object.assign(this, { status, headers, headersSent: true });
    return this;
  }

  /** The body, and the headers that not every answer has. */
  get all() {
    const own = Object.entries(this.headers).filter(([name]) => !(name in SAFE_HEADERS));
    expect(this.headers).toMatchObject(SAFE_HEADERS);
    // Versions of Node.js differ in how much of it one call reads.
    const parts: string[] = [];
    for (let part = this.read(); part !== null; part = this.read()) parts.push(String(part));
    return { status: this.status, headers: Object.fromEntries(own), body: parts.join('') };
  }

  get response(): ServerResponse {
    return this as unknown as ServerResponse;
  }
}

async function sent(answer: unknown) {
  const response = new Sent();
  await send(response.response, answer);
  return response.all;
}

function refused(error: unknown, isRead = false) {
  const response = new Sent();
  sendError(response.response, error, isRead);
  return response.all;
}

async function* values(...given: unknown[]): AsyncGenerator<unknown> {
  for (const value of given) {
    if (value instanceof Error) throw value;
    yield value;
  }
}

describe('an answer', () => {
  it.each([
    [{ a: 'ä' }, '{"a":"ä"}', 10],
    [undefined, 'null', 4],
    [null, 'null', 4],
    [0, '0', 1],
  ])('%j is JSON', async (answer, body, length) => {
    const headers = { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': length };
    expect(await sent(answer)).toEqual({ status: 200, headers, body });
  });

  it('of lines is a JSON value in each', async () => {
    expect(await sent(new StreamedLines(values({ a: 1 }, 'b')))).toEqual({
      status: 200,
      headers: { 'Content-Type': 'application/x-ndjson' },
      body: '{"a":1}\n"b"\n',
    });
  });

  it('of lines ends with the error', async () => {
    const { body } = await sent(new StreamedLines(values(1, new UsageError('No such run.'))));
    expect(body).toBe('1\n{"error":"No such run."}\n');
  });

  it('of text is never HTML', async () => {
    expect(await sent(new StreamedText(['<b>', 'a']))).toEqual({
      status: 200,
      headers: { 'Content-Type': 'text/plain; charset=utf-8' },
      body: '<b>a',
    });
  });

  it('of text with a name is a file, whose name breaks no header', async () => {
    const { headers } = await sent(new StreamedText(['a'], 'a-1 (b).log"\r\n/é'));
    expect(headers).toEqual({
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Disposition': 'attachment; filename="a-1 (b).log_____"',
    });
  });

  it('ends with a browser that goes away, and an error of the text is told', async () => {
    const gone = new Sent();
    const sending = send(gone.response, new StreamedText(values('a', new Promise(() => {})) as AsyncIterable<string>));
    gone.destroy();
    expect(await sending).toBeUndefined();
    const broken = new StreamedText(values(new Error('disk')) as AsyncIterable<string>);
    await expect(send(new Sent().on('error', () => {}).response, broken)).rejects.toThrow('disk');
  });
});

it.each([
  ['text/html', 'text/html; charset=utf-8'],
  ['text/javascript', 'text/javascript; charset=utf-8'],
  ['application/json', 'application/json; charset=utf-8'],
  ['image/svg+xml', 'image/svg+xml; charset=utf-8'],
  ['application/octet-stream', 'application/octet-stream'],
  ['image/x-text', 'image/x-text'],
])('%s is sent as %s', (type, expected) => {
  const response = new Sent();
  sendWhole(response.response, 404, type, new Uint8Array(3), { Vary: 'A' });
  expect(response.all).toMatchObject({
    status: 404,
    headers: { 'Content-Type': expected, 'Content-Length': 3, Vary: 'A' },
  });
});

describe('an error', () => {
  const system = Object.assign(new Error('EACCES: permission denied'), { syscall: 'open', code: 'EACCES' });

  it.each([
    [new RequestError(404, 'Not here.'), 404, 'Not here.'],
    [new UsageError('Wrong.'), 400, 'Wrong.'],
    [new CommandFailure('Failed.'), 502, 'Failed.'],
    [system, 500, 'EACCES: permission denied'],
  ])('%s', (error, status, message) => {
    expect(refused(error)).toMatchObject({ status, body: JSON.stringify({ error: message }) });
  });

  it('of a config is the request of somebody who can mend it', () => {
    const error = new ConfigError([{ keys: [], code: 'conflict', message: 'a' }] as never, 'a.ts');
    expect(refused(error)).toMatchObject({ status: 400 });
  });

  it('that nobody expects is in the terminal', () => {
    const printed = jest.spyOn(console, 'error').mockImplementation();
    const error = new Error('defect');
    expect(refused(error)).toMatchObject({
      status: 500,
      body: '{"error":"The console failed: its terminal shows why. Report it as a defect."}',
    });
    expect(printed.mock.calls.join()).toContain('Error: defect');
    printed.mockRestore();
  });

  it('is plain text for people', () => {
    expect(refused(new RequestError(404, 'Not here.'), true)).toEqual({
      status: 404,
      headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': 9 },
      body: 'Not here.',
    });
  });

  it.each([true, false])('of a method says which there are (read: %s)', (isRead) => {
    expect(refused(new RequestError(405, 'No.'), isRead).headers.Allow).toBe('GET, POST');
    expect(refused(new RequestError(404, 'No.'), isRead).headers).not.toHaveProperty('Allow');
  });

  it('in an answer that has begun breaks it off', () => {
    const response = new Sent();
    response.headersSent = true;
    sendError(response.response, new UsageError('Wrong.'), true);
    expect([response.destroyed, response.status]).toEqual([true, 0]);
  });
});

it('a browser that is slow gets it piece by piece', async () => {
  let made = 0;
  async function* many(): AsyncGenerator<string> {
    for (let piece = 0; piece < 1000; piece++) {
      made = piece + 1;
      yield 'x'.repeat(1024);
    }
  }
  let release = () => {};
  const slow = new Writable({
    highWaterMark: 1024,
    write: (_chunk, _encoding, done) => {
      release = done;
    },
  });
  const sending = send(
    Object.assign(slow, { writeHead: () => slow }) as unknown as ServerResponse,
    new StreamedText(many()),
  );
  await new Promise((resolve) => setImmediate(resolve));
  expect(made).toBeLessThan(100);
  slow.destroy();
  release();
  await sending;
});
