import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signatureProblem, TEST_CREDENTIALS } from '../../orchestration/trigger/signature';

/** S3's GetObject and ECS's credentials on a loopback port. It checks each signature, which no emulator does. */
export class ObjectStore {
  readonly objects = new Map<string, string>();
  readonly requests: string[] = [];
  /** How many requests to fail before the first that is served. */
  failures = 0;
  /** Where the bucket is. Requests that are signed for another region are sent there, as S3 does. @default - every region */
  region: string | undefined;
  endpoint = '';
  private readonly server = createServer((incoming, response) => {
    const { method = '', url = '', headers } = incoming;
    this.requests.push(`${method} ${url}`);
    if (url.startsWith('/credentials')) {
      const allowed = headers.authorization === 'let-me';
      response.writeHead(allowed ? 200 : 401).end(allowed ? JSON.stringify(ROLE_CREDENTIALS) : '');
      return;
    }
    const problem = signatureProblem(method, url, { 'x-amz-content-sha256': EMPTY, ...headers }, Buffer.alloc(0));
    const object = this.objects.get(decodeURIComponent(url));
    if (this.failures-- > 0) response.writeHead(503).end('<Code>SlowDown</Code>');
    else if (this.region !== undefined && !headers.authorization?.includes(`/${this.region}/s3/`))
      response.writeHead(301, { 'x-amz-bucket-region': this.region }).end('<Code>PermanentRedirect</Code>');
    else if (problem !== undefined)
      response.writeHead(403).end(`<Code>SignatureDoesNotMatch</Code><Message>${problem}</Message>`);
    else if (object === undefined) response.writeHead(404).end('<Code>NoSuchKey</Code><Message>gone</Message>');
    else answerWith(Buffer.from(object), headers.range, response);
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.endpoint = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<unknown> {
    return new Promise((resolve) => this.server.close(resolve));
  }

  /** Stores an event, and returns the input that refers to it. */
  store(event: string, key = 'nightly/nightly-1/a b.json'): string {
    this.objects.set(`/events/${key}`, event);
    const sha256 = createHash('sha256').update(event).digest('hex');
    return JSON.stringify({ stpPayload: { s3Uri: `s3://events/${key}`, sha256, bytes: Buffer.byteLength(event) } });
  }

  /** Stores the items of a run, and returns what AWS Batch gives a child of its array. `undefined`: the event stays. */
  storeItems(items: readonly (string | undefined)[], child?: number): { [name: string]: string } {
    this.objects.set('/events/nightly/nightly-1/items.jsonl', items.map((item = '') => `${item}\n`).join(''));
    let end = -1;
    // Not from the first: an array of a second attempt has some of the items.
    const lines = items.map((item, index) => {
      const start = end + 1;
      end = start + Buffer.byteLength(item ?? '');
      return `${String(start).padStart(13, '0')} ${String(end).padStart(13, '0')} ${String(index + 70).padStart(7, '0')}\n`;
    });
    this.objects.set('/events/nightly/nightly-1/2-0.index', lines.join(''));
    return {
      STP_ITEMS: 's3://events/nightly/nightly-1/2-0.index',
      STP_ITEM_COUNT: '100',
      ...(child !== undefined && { AWS_BATCH_JOB_ARRAY_INDEX: String(child) }),
    };
  }

  /** What a container is given that runs here. */
  environment(event: string): { [name: string]: string } {
    return {
      PATH: process.env.PATH ?? '',
      STP_TRIGGER_EVENT_DATA: event,
      AWS_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL_S3: this.endpoint,
      ...TEST_CREDENTIALS,
    };
  }

  /** The same with the credentials of a role, as ECS hands them out. */
  roleEnvironment(event: string): { [name: string]: string } {
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, ...rest } = this.environment(event);
    return {
      ...rest,
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${this.endpoint}/credentials`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: 'let-me',
    };
  }
}

/** The object, or the part of it that a request asks for, as S3 answers. */
function answerWith(object: Buffer, range: string | undefined, response: ServerResponse): void {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
  if (from === undefined || to === undefined) response.end(object);
  else if (Number(from) >= object.length)
    response.writeHead(416).end('<Code>InvalidRange</Code><Message>too far</Message>');
  else response.writeHead(206).end(object.subarray(Number(from), Number(to) + 1));
}

const EMPTY = createHash('sha256').update('').digest('hex');

const ROLE_CREDENTIALS = {
  AccessKeyId: TEST_CREDENTIALS.AWS_ACCESS_KEY_ID,
  SecretAccessKey: TEST_CREDENTIALS.AWS_SECRET_ACCESS_KEY,
  Token: TEST_CREDENTIALS.AWS_SESSION_TOKEN,
};
