import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bytesOf, type ObjectRequest, requestObject } from '../../../modules/orchestration/items/s3-request';
import { signatureProblem } from '../trigger/signature';
import { environmentAt } from './fake-aws';

let server: Server;
let listener: RequestListener;
let url: string;

beforeAll(async () => {
  server = createServer((request, response) => listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function ask(more: Partial<ObjectRequest> = {}, timeoutMs = 5_000, endpoint = url) {
  return requestObject({ method: 'GET', bucket: 'events', key: 'a b', ...more }, environmentAt(endpoint), timeoutMs);
}

/** Answers with an error. */
function refuse(status: number, text: string, headers: Readonly<Record<string, string>> = {}): void {
  listener = (_, response) => response.writeHead(status, headers).end(text);
}

const xml = (code: string) => `<Error><Code>${code}</Code><Message>Not now</Message></Error>`;

it('sends a signed request, and gives the response before it is read', async () => {
  let seen: unknown;
  listener = async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { method = '', url: path = '', headers } = request;
    const { 'content-type': type, 'content-length': length, 'x-amz-meta-a': meta } = headers;
    seen = {
      method,
      path,
      body: String(body),
      type,
      length,
      meta,
      fault: signatureProblem(method, path, headers, body),
    };
    response.writeHead(206).write('first');
    response.end(' last');
  };
  const headers = { 'x-amz-meta-a': 'b' };
  const response = await ask({ method: 'PUT', query: 'partNumber=1&uploadId=u', headers, body: Buffer.from('é') });
  expect(response.statusCode).toBe(206);
  expect(String(await bytesOf(response))).toBe('first last');
  expect(seen).toEqual({
    method: 'PUT',
    path: '/events/a%20b?partNumber=1&uploadId=u',
    body: 'é',
    type: 'application/octet-stream',
    length: '2',
    meta: 'b',
    fault: undefined,
  });
});

it.each<[number, string, boolean]>([
  [500, 'InternalError', true],
  [503, 'SlowDown', true],
  [429, 'TooManyRequests', true],
  [408, 'Late', true],
  [400, 'RequestTimeout', true],
  [400, 'SlowDown', true],
  [400, 'BadDigest', false],
  [404, 'NoSuchKey', false],
  [412, 'PreconditionFailed', false],
  [499, 'Other', false],
  [301, 'PermanentRedirect', false],
])('the error %i %s: another try can help: %s', async (status, code, curable) => {
  refuse(status, xml(code));
  await expect(ask()).rejects.toMatchObject({ code, message: `${code} (HTTP ${status}): Not now`, curable });
});

it('an error without a code has the beginning of its text', async () => {
  refuse(403, 'x'.repeat(300));
  const message = `HTTP 403 (HTTP 403): ${'x'.repeat(200)}`;
  await expect(ask()).rejects.toMatchObject({ code: 'HTTP 403', message, curable: false });
});

it('another region of a bucket is nothing to go to at an address that the environment says', async () => {
  refuse(301, xml('PermanentRedirect'), { 'x-amz-bucket-region': 'us-east-1' });
  await expect(ask()).rejects.toMatchObject({ code: 'PermanentRedirect', curable: false });
});

it('S3 that cannot be reached, or does not answer in time, is worth another try', async () => {
  const { port } = await new Promise<AddressInfo>((resolve) => {
    const gone = createServer().listen(0, '127.0.0.1', () => {
      const address = gone.address() as AddressInfo;
      gone.close(() => resolve(address));
    });
  });
  await expect(ask({}, 5_000, `http://127.0.0.1:${port}`)).rejects.toMatchObject({
    code: 'ECONNREFUSED',
    message: expect.stringMatching(new RegExp(`^127\\.0\\.0\\.1:${port} could not be reached: `)),
    curable: true,
  });
  listener = () => {};
  await expect(ask({}, 30)).rejects.toMatchObject({
    code: 'NetworkError',
    message: expect.stringMatching(/ could not be reached: no answer within 30 ms$/),
    curable: true,
  });
});

it('an answer that breaks off is worth another try', async () => {
  listener = (_, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('part');
    setImmediate(() => response.destroy());
  };
  const response = await ask();
  await expect(bytesOf(response)).rejects.toMatchObject({
    code: 'NetworkError',
    message: expect.stringMatching(/^S3's answer ended early: /),
    curable: true,
  });
});
