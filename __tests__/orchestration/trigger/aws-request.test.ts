import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AwsRequest, sendAwsRequest } from '../../../modules/orchestration/trigger/aws-request';
import type { StartError } from '../../../modules/orchestration/trigger/start-error';
import { signatureProblem, TEST_CREDENTIALS } from './signature';

type Serve = (response: ServerResponse, request: IncomingMessage, body: Buffer) => void;

let serve: Serve;
let signature: string | undefined;
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  signature = signatureProblem(request.method ?? '', request.url ?? '', request.headers, body);
  serve(response, request, body);
});

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const port = () => (server.address() as AddressInfo).port;

function send(next: Serve, { timeoutMs = 5_000, ...more }: Partial<AwsRequest> & { timeoutMs?: number } = {}) {
  serve = next;
  const request: AwsRequest = {
    service: 'states',
    region: 'eu-west-1',
    credentials: {
      accessKeyId: TEST_CREDENTIALS.AWS_ACCESS_KEY_ID,
      secretAccessKey: TEST_CREDENTIALS.AWS_SECRET_ACCESS_KEY,
      sessionToken: TEST_CREDENTIALS.AWS_SESSION_TOKEN,
    },
    method: 'POST',
    url: `http://127.0.0.1:${port()}/path`,
    headers: { 'x-kind': 'a' },
    body: 'the body',
    ...more,
  };
  return sendAwsRequest(request, timeoutMs);
}

/** What a refused request says. */
async function refusal(next: Serve, more?: Parameters<typeof send>[1]) {
  const error = await send(next, more).then(
    () => undefined,
    (thrown: StartError) => thrown,
  );
  return { code: error?.code, message: error?.message, curable: error?.curable };
}
const answering =
  (status: number, body: string, headers: Readonly<Record<string, string>> = {}): Serve =>
  (response) =>
    response.writeHead(status, headers).end(body);

it('a request is signed, and its answer has the time and the ETag', async () => {
  let seen: unknown[] = [];
  const answer = await send((response, request, body) => {
    seen = [request.method, request.url, request.headers['x-kind'], String(body)];
    response.writeHead(200, { date: 'Fri, 27 Nov 2026 12:00:00 GMT', etag: '"1"' });
    response.write('on');
    response.end('e');
  });
  expect(seen).toEqual(['POST', '/path', 'a', 'the body']);
  expect(signature).toBeUndefined();
  expect(answer).toEqual({ body: 'one', date: 1_795_780_800_000, etag: '"1"' });
});

it('an answer can lack both', async () => {
  const answer = await send((response) => {
    response.sendDate = false;
    response.writeHead(299).end();
  });
  expect(answer).toEqual({ body: '', date: undefined, etag: undefined });
});

describe('an error', () => {
  it.each<[string, Serve, { code: string; message: string }]>([
    [
      'of Step Functions',
      answering(400, '{"__type":"com.amazonaws#ExecutionAlreadyExists:http://x","message":"there"}'),
      { code: 'ExecutionAlreadyExists', message: 'ExecutionAlreadyExists (HTTP 400): there' },
    ],
    [
      'with its type in a header',
      answering(400, '{"Message":"no"}', { 'x-amzn-errortype': 'ClientException:http://x' }),
      { code: 'ClientException', message: 'ClientException (HTTP 400): no' },
    ],
    [
      'of S3',
      answering(403, '<Error><Code>AccessDenied</Code><Message>not yours</Message></Error>'),
      { code: 'AccessDenied', message: 'AccessDenied (HTTP 403): not yours' },
    ],
    [
      'of a proxy',
      answering(302, 'x'.repeat(300)),
      { code: 'HTTP 302', message: `Error (HTTP 302): ${'x'.repeat(200)}` },
    ],
  ])('%s has a code and a message', async (_, next, expected) => {
    expect(await refusal(next)).toEqual({ ...expected, curable: false });
  });

  it.each([
    [400, '', false],
    [408, '', true],
    [429, '', true],
    [500, '', true],
    [503, 'AccessDenied', true],
    [499, '', false],
    [400, 'ThrottlingException', true],
    [400, 'Throttled', true],
    [400, 'BandwidthLimitExceeded', true],
    [400, 'ExecutionLimitExceeded', true],
    [400, 'InternalFailure', true],
    [400, 'InternalServerError', true],
    [400, 'PriorRequestNotComplete', true],
    [400, 'RequestLimitExceeded', true],
    [400, 'RequestTimeout', true],
    [400, 'RequestTimeoutException', true],
    [400, 'ServiceUnavailable', true],
    [400, 'SlowDown', true],
    [400, 'TooManyRequestsException', true],
    [400, 'ValidationException', false],
  ])('with status %d and code %j is curable: %s', async (status, code, curable) => {
    expect((await refusal(answering(status, JSON.stringify({ __type: code })))).curable).toBe(curable);
  });
});

describe('a network that fails', () => {
  it('is curable, and names the host', async () => {
    const { code, message, curable } = await refusal((response) => response.destroy());
    expect([code, curable]).toEqual(['ECONNRESET', true]);
    expect(message).toMatch(new RegExp(`^127\\.0\\.0\\.1:${port()} could not be reached: `));
  });

  it('can break within an answer', async () => {
    const broken = await refusal((response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('half', () => response.destroy());
    });
    expect(broken).toMatchObject({ code: 'ECONNRESET', curable: true });
  });

  it('can be silent', async () => {
    const silent = await refusal(() => undefined, { timeoutMs: 30 });
    expect(silent).toEqual({
      code: 'Timeout',
      message: `127.0.0.1:${port()} could not be reached: no answer within 30 ms`,
      curable: true,
    });
  });

  it('can be silent within an answer', async () => {
    const silent = await refusal((response) => void response.writeHead(200).write('half'), { timeoutMs: 50 });
    expect(silent).toMatchObject({ code: 'Timeout', curable: true });
  });

  it('is encrypted for an address with https', async () => {
    const { code, curable } = await refusal(answering(200, ''), { url: `https://127.0.0.1:${port()}/` });
    expect(curable).toBe(true);
    expect(code).not.toBeUndefined();
  });
});
