import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { ConsoleContext } from '../../../../cli/console/server/context';
import { cookieName, SAFE_HEADERS } from '../../../../cli/console/server/guard';
import type { PageFiles } from '../../../../cli/console/server/page';
import { RequestError, type Route, StreamedText } from '../../../../cli/console/server/route';
import { RouteTable } from '../../../../cli/console/server/route-table';
import { type ConnectionLimits, ConsoleServer } from '../../../../cli/console/server/server';

const open: ConsoleServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

const page = {
  isAsset: (path: string) => path.startsWith('/assets/'),
  file: async (path: string, encodings: string | undefined) => ({
    status: 200,
    type: 'text/html',
    body: `${path} ${encodings}`,
    headers: { Vary: 'Accept-Encoding' },
  }),
} as unknown as PageFiles;

const ROUTES: readonly Route[] = [
  { method: 'GET', path: '/api/query', answer: ({ query, body }) => ({ a: query.optional('a'), body }) },
  { method: 'POST', path: '/api/body', answer: ({ body }) => ({ body }) },
  { method: 'GET', path: '/api/text', answer: () => new StreamedText(['a', 'b']) },
  {
    method: 'GET',
    path: '/api/refused',
    answer: () => {
      throw new RequestError(409, 'Not now.');
    },
  },
];

/** A server that listens, and what it answers. */
async function listening({
  readOnly = false,
  limits = undefined as ConnectionLimits | undefined,
  routes = ROUTES,
} = {}) {
  const context = { options: { readOnly } } as unknown as ConsoleContext;
  const server = new ConsoleServer(context, new RouteTable(routes), page, limits);
  open.push(server);
  const port = await server.listen(0);
  const known = { cookie: `${cookieName(port)}=${server.token}` };
  const ask = async (path: string, { method = 'GET', headers = {} as object, body = '' } = {}) => {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const asked = httpRequest({ port, host: '127.0.0.1', path, method, headers: { ...known, ...headers } }, resolve);
      asked.on('error', reject).end(body);
    });
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk);
    return { status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks).toString() };
  };
  const post = (path: string, body: string, headers = {}) =>
    ask(path, {
      method: 'POST',
      body,
      headers: { origin: `http://127.0.0.1:${port}`, 'content-type': 'application/json', ...headers },
    });
  return { server, port, ask, post };
}

const error = (message: string) => JSON.stringify({ error: message });

it('its address has a token, which no other console has', async () => {
  const { server, port } = await listening();
  expect(server.address).toBe(`http://127.0.0.1:${port}/?token=${server.token}`);
  expect(server.token).toMatch(/^[\w-]{43}$/);
  expect((await listening()).server.token).not.toBe(server.token);
});

it('it listens on this machine only', async () => {
  const { server } = await listening();
  expect(Reflect.get(server, 'server').address()).toMatchObject({ address: '127.0.0.1' });
});

it('a port that is taken is an error', async () => {
  const { port } = await listening();
  const other = new ConsoleServer({} as ConsoleContext, new RouteTable([]), page);
  await expect(other.listen(port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await other.close();
});

it('the token becomes a cookie of this browser alone', async () => {
  const { server, port, ask } = await listening();
  const { status, headers, body } = await ask(`/runs?a=1&token=${server.token}`, { headers: { cookie: '' } });
  expect([status, headers.location, body]).toEqual([303, '/runs?a=1', '']);
  expect(headers['set-cookie']).toEqual([`batch-jobs-${port}=${server.token}; Path=/; HttpOnly; SameSite=Strict`]);
  expect(headers['x-frame-options']).toBe(SAFE_HEADERS['X-Frame-Options']);
});

it.each(['/api/query', '/assets/a.js'])('%s takes no token', async (path) => {
  const { server, ask } = await listening();
  expect((await ask(`${path}?token=${server.token}`, { headers: { cookie: '' } })).status).toBe(403);
});

it('pages and assets are files', async () => {
  const { ask } = await listening();
  expect(await ask('/runs?a=1', { headers: { 'accept-encoding': 'gzip' } })).toMatchObject({
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8', vary: 'Accept-Encoding' },
    body: '/runs gzip',
  });
  expect((await ask('/assets/a.js')).body).toBe('/assets/a.js undefined');
});

it('a link elsewhere opens a page, and nothing else', async () => {
  const { ask } = await listening();
  const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
  const statuses = ['/runs', '/api/query', '/assets/a.js'].map(async (path) => (await ask(path, { headers })).status);
  expect(await Promise.all(statuses)).toEqual([200, 403, 403]);
});

it('who has no cookie is a stranger', async () => {
  const { ask } = await listening();
  for (const path of ['/', '/api/query', '/assets/a.js']) {
    expect((await ask(path, { headers: { cookie: '' } })).status).toBe(403);
  }
});

it('a name that points here is another server', async () => {
  const { ask } = await listening();
  expect((await ask('/', { headers: { host: 'example.com' } })).status).toBe(421);
});

it('a header that is sent twice matches nothing', async () => {
  const { ask, server, port } = await listening();
  const cookie = `${cookieName(port)}=${server.token}`;
  expect((await ask('/', { headers: { cookie: [cookie, cookie] } })).status).toBe(403);
});

describe('a route', () => {
  it('gets its query, and a body only if it is a POST', async () => {
    const { ask, post } = await listening();
    expect((await ask('/api/query?a=1')).body).toBe('{"a":"1"}');
    expect((await post('/api/body', '{"b":2}')).body).toBe('{"body":{"b":2}}');
    expect(await ask('/api/text')).toMatchObject({ status: 200, body: 'ab' });
  });

  it('that is not there, or by another method', async () => {
    const { ask, post } = await listening();
    expect(await ask('/api/none')).toMatchObject({ status: 404, body: error('The console has no GET /api/none.') });
    expect(await post('/api/query', '{}')).toMatchObject({
      status: 404,
      body: error('The console has no POST /api/query.'),
    });
  });

  it('can refuse', async () => {
    const { ask } = await listening();
    expect(await ask('/api/refused')).toMatchObject({ status: 409, body: error('Not now.') });
  });

  it('that writes is refused by a console that only reads, without its body', async () => {
    const { post } = await listening({ readOnly: true });
    const { status, headers } = await post('/api/body', '{}'.padEnd(100_000));
    expect([status, headers.connection]).toEqual([403, 'close']);
  });

  it('needs JSON, and IDs that lead nowhere', async () => {
    const { ask, post } = await listening();
    expect((await post('/api/body', '{}', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await post('/api/body', '{')).status).toBe(400);
    expect((await post('/api/body', '{"id":"../a"}')).status).toBe(400);
    expect((await ask('/api/query?id=../a')).status).toBe(400);
  });
});

it.each(['PUT', 'DELETE', 'HEAD', 'OPTIONS'])('%s is not answered', async (method) => {
  const { ask } = await listening();
  const { status, headers } = await ask('/api/query', { method });
  expect([status, headers.allow]).toEqual([405, 'GET, POST']);
});

it('a page is only read', async () => {
  const { post } = await listening();
  expect(await post('/runs', '{}')).toMatchObject({ status: 405, body: error('Pages are read with GET.') });
});

it.each([
  ['text/html', 'text/plain; charset=utf-8', 'Not now.'],
  ['application/json', 'application/json; charset=utf-8', error('Not now.')],
  ['text/htmlx', 'application/json; charset=utf-8', error('Not now.')],
])('an error for somebody who accepts %s', async (accept, type, body) => {
  const { ask } = await listening();
  const answer = await ask('/api/refused', { headers: { accept } });
  expect([answer.headers['content-type'], answer.body]).toEqual([type, body]);
});

it('an error of a POST is for a program', async () => {
  const { post } = await listening();
  expect((await post('/api/none', '{}', { accept: 'text/html' })).headers['content-type']).toMatch(/json/);
});

it('a route learns that the browser is gone, which is then told nothing', async () => {
  const printed = jest.spyOn(console, 'error').mockImplementation();
  let aborted: (value: unknown) => void = () => {};
  const gone = new Promise((resolve) => {
    aborted = resolve;
  });
  const slow: Route = {
    method: 'GET',
    path: '/api/slow',
    answer: async ({ signal }) => {
      asked.destroy();
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      aborted(signal.aborted);
      throw new Error('nobody hears it');
    },
  };
  const { port, server } = await listening({ routes: [slow] });
  const headers = { cookie: `${cookieName(port)}=${server.token}` };
  const asked = httpRequest({ port, host: '127.0.0.1', path: '/api/slow', headers }).on('error', () => {});
  asked.end();
  expect(await gone).toBe(true);
  await new Promise(setImmediate);
  expect(printed).not.toHaveBeenCalled();
  printed.mockRestore();
});

/** What the server answers to bytes. */
async function raw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {}).write(text);
  let answer = '';
  for await (const chunk of socket) answer += chunk;
  return answer;
}

describe('what is no request', () => {
  it.each([
    ['no HTTP', 'hello\r\n\r\n', '400 Bad Request'],
    [
      'headers that are too long',
      `GET / HTTP/1.1\r\nA: ${'a'.repeat(20_000)}\r\n\r\n`,
      '431 Request Header Fields Too Large',
    ],
  ])('%s is refused', async (_, text, status) => {
    const { port } = await listening();
    const [first, ...headers] = (await raw(port, text)).split('\r\n');
    expect(first).toBe(`HTTP/1.1 ${status}`);
    expect(headers).toEqual(
      expect.arrayContaining(['Connection: close', 'Content-Length: 0', 'X-Frame-Options: DENY']),
    );
  });

  it('headers that take too long are refused', async () => {
    const { port } = await listening({ limits: { headers: 40, request: 40, idle: 5_000, connections: 5 } });
    expect(await raw(port, 'GET / HTTP/1.1\r\n')).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
  });

  it('a connection without a byte ends', async () => {
    const { port } = await listening({ limits: { headers: 5_000, request: 5_000, idle: 30, connections: 5 } });
    expect(await raw(port, '')).toBe('');
  });

  it('behind an answer, it ends the connection without another', async () => {
    const { port } = await listening();
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    let answer = '';
    for await (const chunk of socket) {
      if (answer === '') socket.write('hello\r\n\r\n');
      answer += chunk;
    }
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 421']);
  });
});

it('there is a maximum number of connections', async () => {
  const { port, ask } = await listening({ limits: { headers: 5_000, request: 5_000, idle: 5_000, connections: 1 } });
  const first = connect(port, '127.0.0.1');
  await new Promise((resolve) => first.once('connect', resolve));
  await expect(ask('/')).rejects.toThrow();
  first.destroy();
});

it('it ends every connection, and a server that never listened', async () => {
  const { server, port } = await listening();
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  await new Promise((resolve) => socket.once('connect', resolve));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await server.close();
  await closed;
  await new ConsoleServer({} as ConsoleContext, new RouteTable([]), page).close();
});
