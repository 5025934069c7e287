import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fetchEvent } from '../../job/fetch-event';
import { TEST_CREDENTIALS } from '../orchestration/trigger/signature';
import { JobPrograms } from './job-process';

/** Answers in turn; the last one again and again. */
let answers: readonly ((response: ServerResponse) => void)[] = [];
let asked = 0;

const server = createServer((_, response) => {
  const answer = answers[Math.min(asked++, answers.length - 1)];
  answer?.(response);
});

let endpoint: string;
const programs = new JobPrograms();

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

beforeEach(() => {
  asked = 0;
});

afterAll(async () => {
  programs.remove();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const SHA256 = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a';
const OBJECT = { uri: 's3://bucket/key', bucket: 'bucket', key: 'key', sha256: SHA256, bytes: 2 };

const environment = () => ({ ...TEST_CREDENTIALS, AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL: endpoint });
/** Seconds: long enough that only what is tested ends a request. */
const LIMITS = { total: 60, request: 30 };

const javascript = (limits = LIMITS) => fetchEvent(OBJECT, environment(), limits);

/** The same in Python, as a process; with the same limits. */
async function python({ total, request } = LIMITS): Promise<string> {
  const stpPayload = { s3Uri: OBJECT.uri, sha256: SHA256, bytes: 2 };
  const program = programs.python(
    `import json, sys, batch_job\nbatch_job._FETCH_SECONDS, batch_job._REQUEST_SECONDS = ${total}, ${request}\n` +
      'try: print(json.dumps(batch_job.event()), end="")\nexcept RuntimeError as error: sys.exit(str(error))\n',
  );
  const { code, stdout, stderr } = await programs.run(program, {
    ...environment(),
    STP_TRIGGER_EVENT_DATA: JSON.stringify({ stpPayload }),
  });
  if (code !== 0) throw new Error(stderr.trim());
  return stdout;
}

const OK = (response: ServerResponse) => void response.end('{}');
const refused = (status: number, code: string) => (response: ServerResponse) =>
  void response.writeHead(status).end(`<Error><Code>${code}</Code><Message>no</Message></Error>`);

describe.each([
  ['JavaScript', javascript],
  ['Python', python],
])('%s', (_language, fetched) => {
  it.each([
    [
      'breaks off',
      (response: ServerResponse) =>
        void response.writeHead(200, { 'content-length': 2 }).write('{', () => response.destroy()),
    ],
    ['closes the connection', (response: ServerResponse) => void response.destroy()],
    ['is throttling', refused(503, 'SlowDown')],
    ['is a fault', refused(500, 'InternalError')],
    ['is throttling of another kind', refused(429, 'TooManyRequests')],
    ['is that the request took too long', refused(400, 'RequestTimeout')],
    ['is that the credentials have just expired', refused(400, 'ExpiredToken')],
  ])('asks again if the answer %s', async (_, answer) => {
    answers = [answer, OK];
    expect(await fetched()).toBe('{}');
    expect(asked).toBe(2);
  });

  it('asks again if the answer does not come', async () => {
    answers = [() => undefined, OK];
    expect(await fetched({ ...LIMITS, request: 1 })).toBe('{}');
    expect(asked).toBeGreaterThan(1);
  });

  it.each([
    [
      403,
      'AccessDenied',
      ". The job's role needs s3:GetObject for it. Amazon S3 answers the same if the object has expired",
    ],
    [404, 'NoSuchKey', '. The object has expired, or was never there'],
    [400, 'InvalidArgument', ''],
    [301, 'PermanentRedirect', ''],
  ])('asks once if the answer is %d %s', async (status, code, fix) => {
    answers = [refused(status, code)];
    await expect(fetched()).rejects.toThrow(
      `The job's event could not be read from s3://bucket/key: ${code} (HTTP ${status}): no${fix}`,
    );
    expect(asked).toBe(1);
  });

  it('follows the region that an error names, once', async () => {
    answers = [
      (response) =>
        void response
          .writeHead(400)
          .end('<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-west-3</Region></Error>'),
    ];
    await expect(fetched()).rejects.toThrow('AuthorizationHeaderMalformed (HTTP 400)');
    expect(asked).toBe(2);
    answers = [...answers, OK];
    asked = 0;
    expect(await fetched()).toBe('{}');
  });

  it('gives up in the end, with the last answer', async () => {
    answers = [refused(503, 'SlowDown')];
    const message = /SlowDown \(HTTP 503\): no\. The job gave up after (\d+) requests in 2 s$/;
    await expect(fetched({ total: 2, request: 1 })).rejects.toThrow(message);
    expect(asked).toBeGreaterThan(2);
  });

  it('shows the beginning of an answer that is no error of S3', async () => {
    answers = [(response) => void response.writeHead(407).end('<html>Proxy authentication required')];
    await expect(fetched()).rejects.toThrow('Amazon S3 answered (HTTP 407): <html>Proxy authentication required');
  });
});
