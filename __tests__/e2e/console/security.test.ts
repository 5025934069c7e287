import { connect } from 'node:net';
import { Changes } from '../../../cli/console/server/changes';
import type { ConsoleContext } from '../../../cli/console/server/context';
import { PageFiles } from '../../../cli/console/server/page';
import { type Route, StreamedText } from '../../../cli/console/server/route';
import { RouteTable } from '../../../cli/console/server/route-table';
import { FIRST_ROUTES, laterRoutes } from '../../../cli/console/server/routes';
import { ConsoleServer } from '../../../cli/console/server/server';
import { until } from '../engines/until';
import { allOf, head, type RawAnswer, rawRequest } from './raw-request';

// The real server with its real routes and page. Somebody attacks it: a web page in the same browser, another program of this machine,
// the output of a job.

const SECRET = 'wJalrXUtnFEMI-of-the-environment';
const OUTPUT = '<script>alert(document.cookie)</script>';

let writes = 0;
const TEST_ROUTES: readonly Route[] = [
  { method: 'POST', path: '/api/test/write', answer: ({ body }) => ({ number: ++writes, body }) },
  { method: 'GET', path: '/api/test/output', answer: () => new StreamedText([OUTPUT], 'a"\r\nX: y/../<b>.txt') },
  { method: 'GET', path: '/api/test/line', answer: () => ({ text: OUTPUT }) },
  {
    method: 'GET',
    path: '/api/test/defect',
    answer: () => {
      throw new Error(`no ${SECRET}`);
    },
  },
  { method: 'GET', path: '/api/test/large', answer: () => new StreamedText(large()) },
];

const routes = () => new RouteTable([...FIRST_ROUTES, ...TEST_ROUTES], laterRoutes);

let taken = 0;
async function* large() {
  for (; taken < 10_000; taken++) yield 'x'.repeat(64 * 1024);
}

const changes = new Changes();
const stack = {
  state: () => ({ problems: [], synthesizedAt: 0, isStale: false }),
  name: () => 'reports',
  configFile: () => 'batch-jobs.config.ts',
  config: () => undefined,
  ask: async () => null,
};

function contextWith(readOnly: boolean): ConsoleContext {
  const options = { open: false, aws: false, readOnly, json: false };
  const folder = process.cwd();
  return { options, folder, stack, changes, onClose: () => {} } as unknown as ConsoleContext;
}

const server = new ConsoleServer(contextWith(false), routes(), new PageFiles());
/** Has no patience. */
const strict = new ConsoleServer(contextWith(false), routes(), new PageFiles(), {
  headers: 200,
  request: 300,
  idle: 60_000,
  connections: 8,
});
const readOnly = new ConsoleServer(contextWith(true), routes(), new PageFiles());
let port: number;
let own: string;
let failures: jest.SpyInstance;

beforeAll(async () => {
  process.env.AWS_SECRET_ACCESS_KEY = SECRET;
  failures = jest.spyOn(console, 'error').mockImplementation(() => {});
  port = await server.listen(0);
  own = `http://127.0.0.1:${port}`;
});
beforeEach(() => {
  writes = 0;
});
afterAll(async () => {
  failures.mockRestore();
  for (const each of [server, strict, readOnly]) await each.close();
});

type Headers = { readonly [name: string]: string | undefined };

const cookie = () => `batch-jobs-${port}=${server.token}`;

/** Headers of the console's own page. */
const page = (): Headers => ({
  Host: `127.0.0.1:${port}`,
  Connection: 'close',
  Cookie: cookie(),
  'Sec-Fetch-Site': 'same-origin',
  'Sec-Fetch-Mode': 'cors',
});

const get = (path: string, headers: Headers = {}) =>
  rawRequest(port, head(`GET ${path} HTTP/1.1`, { ...page(), ...headers }));

async function post(headers: Headers = {}, body: string | Buffer = '{}', path = '/api/test/write'): Promise<RawAnswer> {
  const all = { ...page(), Origin: own, 'Content-Type': 'application/json', ...headers };
  const length = 'Transfer-Encoding' in headers ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  return rawRequest(port, head(`POST ${path} HTTP/1.1`, { ...length, ...all }), body);
}

const READS = ['/', '/runs/x', '/assets/page.js', '/assets/page.css', '/api/console', '/api/stack', '/api/events'];

describe('somebody without the token', () => {
  it.each(READS)('is not answered at %s', async (path) => {
    const { status, body, headers } = await get(path, { Cookie: undefined });
    expect([status, JSON.parse(body)]).toEqual([403, { error: expect.stringContaining('Open the address') }]);
    expect(headers['set-cookie']).toBeUndefined();
  });

  it.each([
    ['another token', () => 'x'.repeat(server.token.length)],
    ['a beginning of it', () => server.token.slice(0, -1)],
    ['more than it', () => `${server.token}x`],
    ['none', () => ''],
    ['two of which one is right', () => `${server.token}&token=x`],
  ])('is not let in by %s', async (_, token) => {
    for (const path of ['/', '/runs?job=a&']) {
      const { status, headers } = await get(`${path.replace(/[^&]$/, '$&?')}token=${token()}`, { Cookie: undefined });
      expect([status, headers['set-cookie']]).toEqual([403, undefined]);
    }
  });

  it.each([
    ['another value', () => `batch-jobs-${port}=${'x'.repeat(43)}`],
    ['the cookie of another console', () => `batch-jobs-${port + 1}=${server.token}`],
    ['two, of which a page of this machine has set one', () => `batch-jobs-${port}=x; ${cookie()}`],
    ['two in the other order', () => `${cookie()}; batch-jobs-${port}=x`],
    ['a longer name', () => `x${cookie()}`],
  ])('is not let in by a cookie with %s', async (_, text) => {
    expect((await get('/api/stack', { Cookie: text() })).status).toBe(403);
  });

  it('is not let in to the interface by the token, which stays in the address of no request', async () => {
    expect((await get(`/api/stack?token=${server.token}`, { Cookie: undefined })).status).toBe(403);
    expect((await get(`/assets/page.js?token=${server.token}`, { Cookie: undefined })).status).toBe(403);
  });
});

describe('the printed address', () => {
  it('gives a cookie that no script and no other site gets, and leads to an address without the token', async () => {
    const { pathname, search } = new URL(server.address);
    const entered = await get(`${pathname}${search}`, { Cookie: undefined });
    expect([entered.status, entered.headers.location]).toEqual([303, '/']);
    expect(entered.headers['set-cookie']).toBe(`${cookie()}; Path=/; HttpOnly; SameSite=Strict`);
    expect(entered.headers['cache-control']).toBe('no-store');
    expect((await get('/', { Cookie: `other=1; ${cookie()}` })).status).toBe(200);
  });

  it('keeps what else the address says', async () => {
    const { headers } = await get(`/runs?job=a%20b&token=${server.token}&outcome=failed`, { Cookie: undefined });
    expect(headers.location).toBe('/runs?job=a+b&outcome=failed');
  });

  it('leads nowhere else', async () => {
    for (const path of ['//evil.example/', '/\\evil.example/', '/%5Cevil.example/', '/.//evil.example/']) {
      const { headers } = await get(`${path}?token=${server.token}`, { Cookie: undefined });
      expect(headers.location ?? '/').toMatch(/^\/(?![/\\])/);
    }
  });

  it('has another token each time', () => {
    expect(readOnly.token).not.toBe(server.token);
    expect(server.token).toMatch(/^[\w-]{43}$/);
  });
});

describe('a name that somebody points at 127.0.0.1 (DNS rebinding)', () => {
  it.each([
    ['another name', () => `evil.example:${port}`],
    ['a name that begins so', () => `127.0.0.1:${port}.evil.example`],
    ['a name that ends so', () => `evil.localhost:${port}`],
    ['no port', () => '127.0.0.1'],
    ['another port', () => `localhost:${port + 1}`],
    ['IPv6', () => `[::1]:${port}`],
    ['nothing', () => ''],
  ])('is not answered: %s', async (_, host) => {
    for (const path of ['/', '/api/stack', `/?token=${server.token}`]) {
      const { status, headers } = await get(path, { Host: host() });
      expect([status, headers['set-cookie']]).toEqual([421, undefined]);
    }
    expect((await post({ Host: host(), Origin: `http://${host()}` })).status).toBe(421);
    expect(writes).toBe(0);
  });

  it('is not answered with two hosts or none', async () => {
    const more = `Host: evil.example\r\n`;
    const { Host, ...others } = page();
    const twice = head('GET /api/stack HTTP/1.1', page()).replace('\r\n', `\r\n${more}`);
    expect((await rawRequest(port, twice)).status).toBe(421);
    expect((await rawRequest(port, head('GET /api/stack HTTP/1.1', others))).status).toBe(400);
  });

  it('localhost is this machine', async () => {
    expect((await get('/api/stack', { Host: `localhost:${port}` })).status).toBe(200);
    expect((await post({ Host: `localhost:${port}`, Origin: `http://localhost:${port}` })).status).toBe(200);
  });
});

describe('another web page in the same browser', () => {
  it.each([
    ['another origin', { Origin: 'https://evil.example' }],
    ['a local server at another port', { Origin: 'http://127.0.0.1:1' }],
    ['the same address by https', { Origin: 'https://127.0.0.1' }],
    ['a sandboxed frame', { Origin: 'null' }],
    ['no origin', { Origin: undefined }],
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a local server, which is of the same site', { 'Sec-Fetch-Site': 'same-site' }],
    ['no site', { 'Sec-Fetch-Site': 'none' }],
  ])('changes nothing: %s', async (_, headers) => {
    const answer = await post(headers);
    expect([answer.status, writes]).toEqual([403, 0]);
    expect(answer.body).toContain('Only the page of this console');
  });

  it('changes nothing with a name of this machine that the page does not have', async () => {
    expect((await post({ Origin: `http://localhost:${port}` })).status).toBe(403);
  });

  it.each(READS)('reads nothing at %s', async (path) => {
    for (const site of ['cross-site', 'same-site']) {
      for (const mode of ['cors', 'no-cors']) {
        const { status, body } = await get(path, { 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': mode });
        expect([status, JSON.parse(body)]).toEqual([403, { error: expect.any(String) }]);
      }
    }
    expect((await get(path, { Origin: 'http://localhost:3000', 'Sec-Fetch-Site': undefined })).status).toBe(403);
  });

  it('is answered in words that a person can read, as plain text', async () => {
    const opened = { ...page(), Cookie: undefined, Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
    const { status, body, headers } = await get('/', opened);
    expect([status, headers['content-type']]).toEqual([403, 'text/plain; charset=utf-8']);
    expect(body).toMatch(/^This browser is not known to the console\. Open the address /);
    const { headers: asked } = await get('/api/stack', { ...opened, Accept: '*/*' });
    expect(asked['content-type']).toBe('application/json; charset=utf-8');
  });

  it('can have a link to a page, which shows nothing without the cookie', async () => {
    const link = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' };
    expect((await get('/runs', link)).status).toBe(200);
    expect((await get('/runs', { ...link, Cookie: undefined })).status).toBe(403);
    expect((await get('/api/stack', link)).status).toBe(403);
  });

  it('is allowed nothing when it asks', async () => {
    const headers = { ...page(), Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' };
    const answer = await rawRequest(port, head('OPTIONS /api/test/write HTTP/1.1', headers));
    expect(answer.status).toBe(405);
    for (const each of [answer, await get('/api/stack'), await post()]) {
      expect(Object.keys(each.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it('shows the console in no frame, and sends no form', async () => {
    const { headers } = await get('/');
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['content-security-policy']).toContain("form-action 'none'");
    expect(headers['x-frame-options']).toBe('DENY');
  });
});

describe('a body', () => {
  it.each([
    undefined,
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
  ])('of a form is not read: %s', async (type) => {
    expect((await post({ 'Content-Type': type })).status).toBe(415);
    expect(writes).toBe(0);
  });

  it('can say its character set', async () => {
    expect((await post({ 'Content-Type': 'Application/JSON; charset=utf-8' })).status).toBe(200);
  });

  it.each([
    ['no JSON', '{'],
    ['nothing', ''],
    ['not UTF-8', Buffer.from([0x22, 0xff, 0x22])],
  ])('is refused: %s', async (_, body) => {
    expect((await post({}, body)).status).toBe(400);
    expect(writes).toBe(0);
  });

  it('is not unpacked', async () => {
    expect((await post({ 'Content-Encoding': 'gzip' })).status).toBe(415);
  });

  it('has a limit, as it says and as it is', async () => {
    expect((await post({ 'Content-Length': String(16 * 1024 * 1024 + 1) })).status).toBe(413);
    const piece = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(0x100000, ' '), Buffer.from('\r\n')]);
    const pieces = Array.from({ length: 17 }, () => piece);
    expect((await post({ 'Transfer-Encoding': 'chunked' }, Buffer.concat(pieces))).status).toBe(413);
    expect(writes).toBe(0);
  });

  it('changes no prototype', async () => {
    await post({}, '{"__proto__":{"isAdmin":true}}');
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });
});

describe('the headers of an answer', () => {
  it.each([
    ['a page', () => get('/')],
    ['a page that does not exist', () => get('/nothing')],
    ['a program', () => get('/assets/page.js')],
    ['JSON', () => get('/api/stack')],
    ['an entry', () => get(`/?token=${server.token}`)],
    ['a refusal', () => get('/', { Cookie: undefined })],
    ['output of a job', () => get('/api/test/output')],
    ['a request that is no HTTP', () => rawRequest(port, 'HELO\r\n\r\n')],
  ])('are strict for %s', async (_, answer) => {
    const { headers } = await answer();
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toMatch(/^default-src 'self';/);
    expect(policy).not.toMatch(/unsafe|\*|data:|blob:|https?:|script-src|style-src/);
    for (const directive of ['object-src', 'frame-src', 'base-uri', 'form-action', 'frame-ancestors']) {
      expect(policy).toContain(`${directive} 'none'`);
    }
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(headers['x-powered-by'] ?? headers.server).toBeUndefined();
  });

  it.each([
    ['gzip, deflate, br', 'gzip'],
    ['br;q=1, gzip;q=0.5', 'gzip'],
    ['gzip;q=0', undefined],
    ['br', undefined],
  ])('say how the program is compressed for a browser that takes %s', async (encodings, encoding) => {
    const { headers } = await get('/assets/page.js', { 'Accept-Encoding': encodings });
    expect([headers['content-encoding'], headers.vary]).toEqual([encoding, 'Accept-Encoding']);
  });

  it('the page has no program and no style of its own', async () => {
    const { body } = await get('/');
    expect(body).not.toMatch(/<script(?![^>]* src=)|<style| style=| on\w+=|javascript:/);
    expect([...body.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, path]) => path)).not.toContainEqual(
      expect.not.stringMatching(/^\/assets\//),
    );
  });
});

describe('a path', () => {
  it.each([
    '/assets/../index.html',
    '/assets/..%2fmain.tsx',
    '/assets/%2e%2e/%2e%2e/server/guard.ts',
    '/assets/..%5c..%5cpackage.json',
    '/assets//etc/passwd',
    '/assets/main.tsx',
    '/assets/__proto__',
    '/assets/',
  ])('leads to no other file: %s', async (path) => {
    const { status, headers, body } = await get(path);
    expect(status).toBe(404);
    expect(body.length).toBeLessThan(2000);
    if (headers['content-type'] !== 'text/html; charset=utf-8') expect(body).toBe('No such file.\n');
  });

  it.each([
    '/assets/page.js%00.png',
    '/assets/page.js\0',
    '/a b',
    '/\\evil',
    '/#x',
    `/${'a'.repeat(5000)}`,
    '/\x7f',
    '/\xff',
  ])('is refused: %j', async (path) => {
    expect((await get(path)).status).toBe(400);
  });

  it('has a limit', async () => {
    expect((await get(`/${'a'.repeat(20_000)}`)).status).toBe(431);
  });
});

describe('an ID', () => {
  const IDS = ['../../etc/passwd', '..', '.', '.hidden', 'a/b', 'a\\b', '/etc/passwd', 'a\0b', 'a\nb', 'a'.repeat(257)];

  it.each(IDS)('leads to no other folder: %j', async (id) => {
    const encoded = encodeURIComponent(id).replaceAll('.', '%2e');
    // A zero byte never gets past the address.
    for (const path of [`/api/log?id=${encoded}`, `/api/events?run=${encoded}`])
      expect((await get(path)).status).toBe(400);
    for (const field of [{ id }, { ids: ['a', id] }, { again: id }]) {
      const { status, body } = await post({}, JSON.stringify(field));
      expect([status, JSON.parse(body).error]).toEqual([400, expect.stringContaining('The ID is not valid')]);
    }
    expect(writes).toBe(0);
  });

  it.each([[{ id: 1 }], [{ id: { a: 1 } }], [{ ids: [['a']] }], [{ id: null }]])('is a string: %j', async (body) => {
    expect((await post({}, JSON.stringify(body))).status).toBe(400);
  });

  it('is of the kind that the console lists', async () => {
    const body = JSON.stringify({ id: 'nightly(2)-a1:b2', ids: ['x', 'y'] });
    expect((await post({}, body)).status).toBe(200);
  });

  it('is given once', async () => {
    expect((await get('/api/resource?address=a&address=b')).status).toBe(400);
  });
});

describe('a request that a proxy would read in another way', () => {
  const smuggled = (first: string, more: Headers, body: string) =>
    rawRequest(
      port,
      head(first, { ...page(), Connection: 'keep-alive', Origin: own, 'Content-Type': 'application/json', ...more }),
      body,
    );

  it.each([
    'GET http://evil.example/ HTTP/1.1',
    'GET http://127.0.0.1/api/stack HTTP/1.1',
    'GET //evil.example/ HTTP/1.1',
  ])('is refused with a whole URL: %s', async (first) => {
    expect((await rawRequest(port, head(first, page()))).status).toBe(400);
  });

  it('is refused with two lengths', async () => {
    const inner = head('POST /api/test/write HTTP/1.1', page());
    const both = { 'Content-Length': '4', 'Transfer-Encoding': 'chunked' };
    const { status, text } = await smuggled('POST /api/test/write HTTP/1.1', both, `0\r\n\r\n${inner}`);
    expect([status, text.match(/HTTP\/1\.1 /g)]).toEqual([400, ['HTTP/1.1 ']]);
    const twice = head('POST /api/test/write HTTP/1.1', { ...page(), 'Content-Length': '2' });
    expect((await rawRequest(port, twice.replace('\r\n', '\r\nContent-Length: 9\r\n'), '{}')).status).toBe(400);
    expect(writes).toBe(0);
  });

  it('ends the connection if its body was not read, so that the body is no request', async () => {
    const inner = head('POST /api/test/write HTTP/1.1', {
      ...page(),
      Origin: own,
      'Content-Type': 'application/json',
      'Content-Length': '2',
    });
    const body = `${inner}{}`;
    const { status, text } = await smuggled(
      'POST /api/test/write HTTP/1.1',
      { Cookie: undefined, 'Content-Length': String(body.length + 1) },
      body,
    );
    expect([status, text.match(/HTTP\/1\.1 /g), writes]).toEqual([403, ['HTTP/1.1 '], 0]);
  });

  it('has one of the two methods', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'HEAD', 'TRACE', 'PROPFIND']) {
      const { status, headers } = await rawRequest(port, head(`${method} /api/stack HTTP/1.1`, page()));
      expect([status, headers.allow]).toEqual([405, 'GET, POST']);
    }
    expect((await rawRequest(port, head(`CONNECT evil.example:443 HTTP/1.1`, page()))).text).toBe('');
    const upgrade = { Connection: 'Upgrade, close', Upgrade: 'websocket', Origin: 'https://evil.example' };
    expect((await get('/api/events', upgrade)).status).toBe(403);
  });

  it('has the method of the route', async () => {
    expect((await post({}, '{}', '/api/stack')).status).toBe(404);
    expect((await get('/api/test/write')).status).toBe(404);
    expect((await post({}, '{}', '/runs')).status).toBe(405);
    expect(writes).toBe(0);
  });
});

describe('a slow client', () => {
  let strictPort: number;
  beforeAll(async () => {
    strictPort = await strict.listen(0);
  });

  it('does not keep a connection with half of the headers', async () => {
    const { status, headers } = await rawRequest(strictPort, 'GET / HTTP/1.1\r\nHost: x');
    expect([status, headers.connection]).toEqual([408, 'close']);
  });

  it('does not keep a connection with half of the body', async () => {
    const host = `127.0.0.1:${strictPort}`;
    const opened = { ...page(), Host: host, Origin: `http://${host}`, 'Content-Type': 'application/json' };
    const headers = { ...opened, Cookie: `batch-jobs-${strictPort}=${strict.token}`, 'Content-Length': '100' };
    const { status } = await rawRequest(strictPort, head('POST /api/test/write HTTP/1.1', headers), '{');
    expect([status, writes]).toEqual([408, 0]);
  });

  it('gets as much of a stream as it reads', async () => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(head('GET /api/test/large HTTP/1.1', page()));
    await new Promise((readable) => socket.once('readable', readable));
    let before = -1;
    // What fits into the buffers of the connection is sent. Then nothing more is made, however late this test gets its turns.
    for (let same = 0; same < 8; await new Promise((later) => setTimeout(later, 20))) {
      same = taken === before ? same + 1 : 0;
      before = taken;
    }
    expect(taken).toBeLessThan(1000);
    socket.destroy();
    await get('/api/stack');
    expect(taken - before).toBeLessThanOrEqual(2);
  });

  it('that does not read what changes is sent no more', async () => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(head('GET /api/events HTTP/1.1', page()));
    await new Promise((readable) => socket.once('readable', readable));
    expect(changes.hasFollower).toBe(true);
    const id = 'x'.repeat(100_000);
    for (let sent = 0; changes.hasFollower && sent < 1000; sent++) {
      changes.publish({ type: 'run', place: 'local', id });
      await new Promise((turn) => setImmediate(turn));
    }
    expect(changes.hasFollower).toBe(false);
    socket.destroy();
  });

  it('cannot take all connections of the machine', async () => {
    const sockets = Array.from({ length: 12 }, () => connect(strictPort, '127.0.0.1'));
    const ends = sockets.map((socket) => allOf(socket.on('error', () => {})));
    for (const socket of sockets) socket.write('GET / HTTP/1.1\r\n');
    const answers = await Promise.all(ends);
    expect(answers.filter((text) => text.includes(' 408 '))).toHaveLength(8);
    expect(answers.filter((text) => text === '')).toHaveLength(4);
    // All are free again, a while after the clients know; and one that is too slow here too is asked again.
    const isAnswered = async () => (await rawRequest(strictPort, head('GET / HTTP/1.1', page()))).status === 421;
    await until(isAnswered, 'a connection for another client');
  });
});

describe('what the page gets', () => {
  it('has no variable of the environment and no credentials', async () => {
    for (const path of ['/', '/assets/page.js', '/api/console', '/api/stack', '/api/resource?address=a']) {
      expect((await get(path)).text).not.toContain(SECRET);
    }
  });

  it('of a defect is no more than that there was one', async () => {
    const { status, text } = await get('/api/test/defect');
    expect(status).toBe(500);
    expect(text).not.toMatch(new RegExp(`${SECRET}|at .*\\.ts`));
    expect(failures).toHaveBeenCalledWith(expect.stringContaining(SECRET));
  });

  it('of a job is never HTML', async () => {
    const output = await get('/api/test/output');
    expect(output.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(output.headers['content-disposition']).toBe('attachment; filename="a___X_ y_..__b_.txt"');
    expect(output.headers.x).toBeUndefined();
    const line = await get('/api/test/line');
    expect(line.headers['content-type']).toBe('application/json; charset=utf-8');
  });
});

describe('--read-only', () => {
  it('refuses every write, whatever the page shows', async () => {
    const readPort = await readOnly.listen(0);
    const headers = {
      ...page(),
      Host: `127.0.0.1:${readPort}`,
      Origin: `http://127.0.0.1:${readPort}`,
      Cookie: `batch-jobs-${readPort}=${readOnly.token}`,
      'Content-Type': 'application/json',
      'Content-Length': '2',
    };
    const written = [...FIRST_ROUTES, ...laterRoutes()]
      .filter(({ method, isWrite = method === 'POST' }) => isWrite)
      .map(({ path }) => path);
    for (const path of ['/api/test/write', ...written]) {
      const { status, body } = await rawRequest(readPort, head(`POST ${path} HTTP/1.1`, headers), '{}');
      expect([status, body]).toEqual([403, expect.stringContaining('--read-only')]);
    }
    expect(writes).toBe(0);
  });
});
