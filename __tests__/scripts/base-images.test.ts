import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkBaseImages } from '../../scripts/base-images';
import { tagState } from '../../scripts/base-images/registry';

const BOTH = index('amd64', 'arm64');
const ONE = index('amd64');

/** A registry as the public ones are: it hands out a token to whoever asks, and wants it with each request. */
let server: Server;
let host: string;
/** Where nothing listens. */
let nobody: string;
let asked: string[];
let answer: (path: string, response: ServerResponse) => void;

beforeEach(async () => {
  asked = [];
  answer = (path, response) => {
    const body = { '/v2/library/ruby/manifests/3.3': BOTH, '/v2/library/ruby/manifests/3.2': ONE }[path];
    if (body === undefined) return void response.writeHead(404).end('{}');
    response.writeHead(200, { 'docker-content-digest': digest(body) }).end(body);
  };
  const gone = createServer();
  await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
  nobody = `127.0.0.1:${(gone.address() as AddressInfo).port}`;
  await new Promise((resolve) => gone.close(resolve));
  server = createServer(serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => new Promise((resolve) => server.close(resolve)));

function serve(request: IncomingMessage, response: ServerResponse): void {
  const url = request.url ?? '';
  asked.push(url);
  if (url.startsWith('/token')) return void response.end(JSON.stringify({ token: 'pass' }));
  if (request.headers.authorization !== 'Bearer pass') {
    const challenge = `Bearer realm="http://${host}/token",service="registry",scope="repository:library/ruby:pull"`;
    return void response.writeHead(401, { 'www-authenticate': challenge }).end();
  }
  answer(url, response);
}

it('finds the digest and the platforms of a tag, by a token that it asks for', async () => {
  expect(await tagState(`${host}/library/ruby:3.3`)).toEqual({
    is: 'there',
    digest: digest(BOTH),
    platforms: ['linux/amd64', 'linux/arm64'],
  });
  expect(asked).toEqual([
    '/v2/library/ruby/manifests/3.3',
    '/token?service=registry&scope=repository%3Alibrary%2Fruby%3Apull',
    '/v2/library/ruby/manifests/3.3',
  ]);
});

it('knows a tag that is not there from a registry that is not reached', async () => {
  expect(await tagState(`${host}/library/ruby:9`)).toEqual({ is: 'missing' });
  expect(await tagState(`${nobody}/library/ruby:3.3`)).toMatchObject({
    is: 'unreached',
    why: `${nobody}: ECONNREFUSED`,
  });
});

it('waits as long as a busy registry says, and gives up in the end', async () => {
  const waits: number[] = [];
  const wait = async (milliseconds: number) => void waits.push(milliseconds);
  const ready = answer;
  let busy = 2;
  answer = (path, response) =>
    busy-- > 0 ? void response.writeHead(429, { 'retry-after': '3' }).end() : ready(path, response);
  expect(await tagState(`${host}/library/ruby:3.3`, wait)).toMatchObject({ is: 'there' });
  expect(waits).toEqual([3000, 3000]);
  answer = (_, response) => void response.writeHead(503).end();
  expect(await tagState(`${host}/library/ruby:3.3`, wait)).toEqual({
    is: 'unknown',
    why: `${host} responded with status 503`,
  });
  expect(waits.slice(2)).toEqual([2000, 4000, 8000]);
});

it('does not believe a digest that the content does not have', async () => {
  answer = (_, response) => void response.writeHead(200, { 'docker-content-digest': digest(ONE) }).end(BOTH);
  expect(await tagState(`${host}/library/ruby:3.3`)).toMatchObject({
    is: 'unknown',
    why: expect.stringMatching(/not/),
  });
});

it('says which registry wants credentials', async () => {
  server.removeAllListeners('request');
  server.on('request', (_, response) => response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end());
  expect(await tagState(`${host}/library/ruby:3.3`)).toEqual({
    is: 'unknown',
    why: `${host}: the registry requires credentials`,
  });
});

describe('a check', () => {
  const check = (tags: string[], recorded: { readonly [tag: string]: string } = {}) => {
    const named = (tag: string) => `${host}/library/ruby:${tag}`;
    const digests = Object.fromEntries(Object.entries(recorded).map(([tag, value]) => [named(tag), value]));
    return checkBaseImages(tags.map(named), digests);
  };

  it('records digests that are new', async () => {
    const image = `${host}/library/ruby:3.3`;
    expect(await check(['3.3'])).toEqual({
      lines: [`${image}: ${digest(BOTH)}, not recorded`],
      digests: { [image]: digest(BOTH) },
      code: 0,
    });
    expect(await check(['3.3'], { '3.3': digest(BOTH) })).toMatchObject({ lines: [], code: 0 });
  });

  it('fails for a digest that has changed, a tag that is gone, and an architecture that lacks', async () => {
    const { lines, digests, code } = await check(['3.3', '3.2', '9'], { '3.3': digest(ONE) });
    expect(code).toBe(1);
    expect(lines).toEqual([
      `${host}/library/ruby:3.3: ${digest(BOTH)}, recorded ${digest(ONE)}`,
      `${host}/library/ruby:3.2: missing for linux/arm64`,
      `${host}/library/ruby:9: the tag does not exist`,
    ]);
    expect(Object.values(digests)).toEqual([digest(BOTH)]);
  });

  it('asks a registry that is not reached only once', async () => {
    const images = [`${nobody}/a:1`, `${nobody}/b:1`, `${host}/library/ruby:3.3`];
    const calls: string[] = [];
    const outcome = await checkBaseImages(images, {}, (image) => {
      calls.push(image);
      return tagState(image);
    });
    expect(calls).toEqual([images[0], images[2]]);
    expect(outcome.lines).toHaveLength(3);
    expect(outcome.code).toBe(2);
  });

  it('keeps what is recorded of a registry that is not reached', async () => {
    const image = `${nobody}/library/ruby:3.3`;
    const outcome = await checkBaseImages([image], { [image]: digest(BOTH) });
    expect(outcome).toMatchObject({ digests: { [image]: digest(BOTH) }, code: 2 });
    expect(outcome.lines[0]).toContain(`not checked: ${nobody}`);
  });
});

function index(...architectures: string[]): string {
  const manifests = architectures.map((architecture) => ({ platform: { os: 'linux', architecture } }));
  return JSON.stringify({ schemaVersion: 2, manifests });
}

function digest(body: string): string {
  return `sha256:${createHash('sha256').update(body).digest('hex')}`;
}
