import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ItemsEnvironment, itemsEnvironment } from '../../../modules/orchestration/items/environment';
import { signatureProblem, TEST_CREDENTIALS } from '../trigger/signature';

/** Variables of the function where AWS is at an address. */
export const variablesAt = (url: string) => ({
  ...TEST_CREDENTIALS,
  AWS_REGION: 'eu-west-1',
  AWS_ENDPOINT_URL: url,
  JOB_NAME: 'tile',
  PAYLOAD_BUCKET: 'events',
});

/** What the function knows of itself there. */
export const environmentAt = (url: string): ItemsEnvironment =>
  itemsEnvironment(variablesAt(url), 'arn:aws:lambda:eu-west-1:123456789012:function:items');

/** What the fake does with one request instead of answering it. */
export type Fault =
  | 'reset' // the connection breaks before anything is done
  | 'lost' // it is done, and the connection breaks before the answer
  | 'broken' // the connection breaks within the answer's body
  | { readonly status: number; readonly code: string };

/** An object that is made while it is read. */
export interface MadeObject {
  readonly bytes: number;
  /** The bytes from an offset on. */
  readonly from: (start: number) => Iterable<Buffer>;
}

export interface FakeChild {
  readonly status: 'SUCCEEDED' | 'FAILED';
  readonly statusReason?: string;
  readonly exitCode?: number;
  readonly reason?: string;
  readonly isTerminated?: boolean;
}

/** An array of AWS Batch that has ended, or a plain job with one child. */
export interface FakeJob {
  readonly statusReason?: string;
  readonly children: readonly FakeChild[];
  /** Children that ListJobs doesn't know any more. */
  readonly forgotten?: readonly number[];
}

const SHOWN_AT_ONCE = 100;

/** S3 and AWS Batch on a loopback port, as far as the items function uses them, with the faults that a test asks for. */
export class FakeAws {
  /** By `/bucket/key`. */
  readonly objects = new Map<string, Buffer | MadeObject>();
  readonly jobs = new Map<string, FakeJob>();
  /** `PUT /bucket/key?partNumber`, one for each request, in the order of arrival. */
  readonly requests: string[] = [];
  /** The fault for a request, or `undefined` to serve it. */
  fault: (request: string, index: number) => Fault | undefined = () => undefined;
  /** Whether parts are only counted: for more than fits into the memory of a test. */
  dropsParts = false;
  storedBytes = 0;
  private readonly uploads = new Map<string, Map<number, Buffer>>();
  private readonly server = createServer((incoming, response) => {
    this.serve(incoming, response).catch((error: Error) => {
      response.writeHead(500);
      response.end(String(error.stack));
    });
  });

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Uploads that are neither complete nor aborted. */
  get openUploads(): number {
    return this.uploads.size;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  text(path: string): string {
    const object = this.objects.get(path);
    if (!Buffer.isBuffer(object)) throw new Error(`no ${path}, but ${[...this.objects.keys()].join(', ')}`);
    return object.toString('utf8');
  }

  private async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const url = new URL(incoming.url ?? '/', 'http://fake');
    const path = decodeURIComponent(url.pathname);
    const request = `${incoming.method} ${path}${url.search === '' ? '' : `?${[...url.searchParams.keys()].join('&')}`}`;
    const fault = this.fault(request, this.requests.length);
    this.requests.push(request);
    const problem = this.dropsParts
      ? undefined
      : signatureProblem(incoming.method ?? '', incoming.url ?? '', incoming.headers, body);
    if (problem !== undefined) {
      response.writeHead(403);
      return void response.end(`<Error><Code>SignatureDoesNotMatch</Code><Message>${problem}</Message></Error>`);
    }
    if (fault === 'reset') return void incoming.socket.destroy();
    if (typeof fault === 'object') {
      response.writeHead(fault.status);
      return void response.end(`<Error><Code>${fault.code}</Code><Message>asked for</Message></Error>`);
    }
    const answer = path.startsWith('/v1/')
      ? this.batch(path, JSON.parse(body.toString('utf8')))
      : this.s3(incoming, path, url.searchParams, body);
    if (fault === 'lost') return void incoming.socket.destroy();
    await this.send(response, answer, fault === 'broken');
  }

  private s3(incoming: IncomingMessage, path: string, query: URLSearchParams, body: Buffer): Answer {
    const { method, headers } = incoming;
    if (method === 'GET') return this.get(path, headers.range, headers['if-match']);
    if (method === 'DELETE') {
      this.uploads.delete(query.get('uploadId') ?? '');
      return { status: 204 };
    }
    if (query.has('uploads')) {
      const id = `upload/${this.requests.length}+`;
      this.uploads.set(id, new Map());
      return { status: 200, body: Buffer.from(`<R><UploadId>${id}</UploadId></R>`) };
    }
    const id = query.get('uploadId');
    const parts = id === null ? undefined : this.uploads.get(id);
    if (id !== null && parts === undefined) return failed(404, 'NoSuchUpload');
    if (method === 'PUT' && parts !== undefined) {
      this.storedBytes += body.length;
      parts.set(Number(query.get('partNumber')), this.dropsParts ? Buffer.alloc(0) : body);
      return { status: 200, headers: { etag: etagOf(body) } };
    }
    if (headers['if-none-match'] === '*' && this.objects.has(path)) return failed(412, 'PreconditionFailed');
    const source = headers['x-amz-copy-source'];
    if (typeof source === 'string') {
      const from = this.objects.get(`/${decodeURIComponent(source)}`);
      if (from === undefined) return failed(404, 'NoSuchKey');
      this.objects.set(path, from);
      return { status: 200, body: Buffer.from('<CopyObjectResult/>') };
    }
    if (parts !== undefined) {
      const sorted = [...parts].sort(([one], [other]) => one - other).map(([, bytes]) => bytes);
      this.objects.set(path, Buffer.concat(sorted));
      this.uploads.delete(id ?? '');
      return { status: 200, body: Buffer.from('<CompleteMultipartUploadResult/>') };
    }
    this.storedBytes += body.length;
    this.objects.set(path, body);
    return { status: 200, headers: { etag: etagOf(body) } };
  }

  private get(path: string, range: string | undefined, ifMatch: string | undefined): Answer {
    const object = this.objects.get(path);
    if (object === undefined) return failed(404, 'NoSuchKey');
    const etag = Buffer.isBuffer(object) ? etagOf(object) : '"made"';
    if (ifMatch !== undefined && ifMatch !== etag) return failed(412, 'PreconditionFailed');
    const start = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
    const total = Buffer.isBuffer(object) ? object.length : object.bytes;
    const headers = { etag, 'content-length': String(total - start) };
    const body = Buffer.isBuffer(object) ? object.subarray(start) : object.from(start);
    return { status: range === undefined ? 200 : 206, headers, body };
  }

  private batch(
    path: string,
    request: { jobs?: string[]; arrayJobId?: string; jobStatus?: string; nextToken?: string },
  ): Answer {
    if (path === '/v1/describejobs') {
      const jobs = (request.jobs ?? []).flatMap((id) => this.described(id) ?? []);
      return { status: 200, body: Buffer.from(JSON.stringify({ jobs })) };
    }
    const { arrayJobId = '', jobStatus, nextToken } = request;
    const { children = [], forgotten = [] } = this.jobs.get(arrayJobId) ?? {};
    const all = children.flatMap((child, index) =>
      child.status === jobStatus && !forgotten.includes(index) ? [summary(`${arrayJobId}:${index}`, index, child)] : [],
    );
    const start = Number(nextToken ?? 0);
    const end = start + SHOWN_AT_ONCE;
    const answer = {
      jobSummaryList: all.slice(start, end),
      ...(end < all.length && { nextToken: String(end) }),
    };
    return { status: 200, body: Buffer.from(JSON.stringify(answer)) };
  }

  private described(jobId: string): object | undefined {
    const [id = '', index] = jobId.split(':');
    const job = this.jobs.get(id);
    if (job === undefined) return undefined;
    const child = job.children[Number(index ?? 0)];
    if (index !== undefined || job.children.length === 1) {
      return child && { ...summary(jobId, Number(index ?? 0), child), isTerminated: child.isTerminated ?? false };
    }
    const count = (status: string) => job.children.filter((other) => other.status === status).length;
    const statusSummary = { SUCCEEDED: count('SUCCEEDED'), FAILED: count('FAILED') };
    return { jobId, statusReason: job.statusReason, arrayProperties: { size: job.children.length, statusSummary } };
  }

  private async send(response: ServerResponse, answer: Answer, breaks: boolean): Promise<void> {
    response.writeHead(answer.status, answer.headers);
    const { body = Buffer.alloc(0) } = answer;
    if (Buffer.isBuffer(body)) {
      if (!breaks) return void response.end(body);
      response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
      return;
    }
    for (const chunk of body) {
      if (!response.write(chunk)) await new Promise((resolve) => response.once('drain', resolve));
      if (response.destroyed) return;
    }
    response.end();
  }
}

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | Iterable<Buffer>;
}

function failed(status: number, code: string): Answer {
  return { status, body: Buffer.from(`<Error><Code>${code}</Code><Message>as S3 says it</Message></Error>`) };
}

function etagOf(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}

function summary(jobId: string, index: number, { status, statusReason, exitCode, reason }: FakeChild): object {
  const container = { ...(exitCode !== undefined && { exitCode }), ...(reason !== undefined && { reason }) };
  return { jobId, status, statusReason, container, arrayProperties: { index } };
}
