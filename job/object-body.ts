import { setTimeout as sleep } from 'node:timers/promises';
import { isCurable, jobCredentials, type Variables } from './credentials';
import { objectAddress } from './object-address';
import { type Answer, get, RequestError } from './request';
import { signedHeaders } from './signature';

/** An object, or a part of it. */
export interface ObjectPart {
  readonly bucket: string;
  readonly key: string;
  /** Positions of bytes; the end is exclusive. @default - the whole object */
  readonly range?: { readonly start: number; readonly end: number };
}

/** Time limits of reading. */
export interface Limits {
  /** Maximum number of seconds for all attempts. */
  readonly total: number;
  /** Maximum number of seconds for one request. Events have at most 6 MB. */
  readonly request: number;
}

export const LIMITS: Limits = { total: 60, request: 20 };

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;

/** Error codes of Amazon S3 with a status below 500 after which the same request can succeed. */
const CURABLE_CODES = ['RequestTimeout', 'ExpiredToken', 'TokenRefreshRequired', 'SlowDown', 'RequestLimitExceeded'];

/**
 * Reads an object with the job's credentials.
 *
 * @throws RequestError if it cannot be read within the time limits, or is not as long as the range
 */
export async function objectBody(part: ObjectPart, variables: Variables, limits: Limits): Promise<Buffer> {
  const region = variables.AWS_REGION || variables.AWS_DEFAULT_REGION;
  if (!region) throw new RequestError('AWS_REGION is not set. Set it to the region of the stack', false);
  return repeated((timeoutMs) => oneRequest(part, region, variables, timeoutMs), limits);
}

async function repeated<T>(request: (timeoutMs: number) => Promise<T>, { total, request: one }: Limits): Promise<T> {
  const end = performance.now() + total * 1000;
  for (let failures = 0; ; failures++) {
    try {
      return await request(Math.min(one * 1000, Math.ceil(end - performance.now())));
    } catch (error) {
      if (!(error instanceof RequestError) || !error.isCurable) throw error;
      // Full jitter: jobs that were throttled at the same time don't retry at the same time.
      const waitMs = Math.random() * Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS);
      // Leave enough time for a request.
      if (performance.now() + waitMs + total * 20 >= end) {
        const message = `${error.message}. The job gave up after ${failures + 1} requests in ${total} s`;
        throw new RequestError(message, false, { cause: error });
      }
      await sleep(waitMs);
    }
  }
}

async function oneRequest(part: ObjectPart, region: string, variables: Variables, timeoutMs: number): Promise<Buffer> {
  const { range } = part;
  const credentials = await jobCredentials(variables, timeoutMs);
  const ask = (region: string) => {
    const { origin, path } = objectAddress(part, region, variables);
    const signed = signedHeaders({ host: new URL(origin).host, path, region, credentials, now: new Date() });
    return get(
      { origin, path },
      range ? { ...signed, range: `bytes=${range.start}-${range.end - 1}` } : signed,
      timeoutMs,
    );
  };
  const answer = await ask(region);
  // If the job has set AWS_REGION to another region, Amazon S3 responds with that of the bucket.
  const elsewhere = isRead(answer) ? region : bucketRegion(answer);
  const body = content(elsewhere === undefined || elsewhere === region ? answer : await ask(elsewhere));
  if (range !== undefined && body.length !== range.end - range.start)
    throw new RequestError(
      `the job asked for ${range.end - range.start} bytes of it and got ${body.length}. ${CHANGED}`,
      false,
    );
  return body;
}

const CHANGED = 'The object has changed since the run began';

/** 206 is the status of a part. */
function isRead({ status }: Answer): boolean {
  return status === 200 || status === 206;
}

function bucketRegion({ headers, body }: Answer): string | undefined {
  const { 'x-amz-bucket-region': region = /<Region>([^<]+)</.exec(body.toString('utf8'))?.[1] } = headers;
  return [region].flat()[0];
}

function content(answer: Answer): Buffer {
  const { status, body } = answer;
  if (isRead(answer)) return body;
  const text = body.toString('utf8');
  const code = /<Code>([^<]*)<\/Code>/.exec(text)?.[1] ?? '';
  const message = /<Message>([^<]*)<\/Message>/.exec(text)?.[1] ?? text.slice(0, 200);
  const said = `${code || 'Amazon S3 answered'} (HTTP ${status})${message && `: ${message}`}`;
  throw new RequestError(`${said}${fix(code)}`, isCurable(status) || CURABLE_CODES.includes(code));
}

function fix(code: string): string {
  switch (code) {
    case 'AccessDenied':
      return ". The job's role needs s3:GetObject for it. Amazon S3 answers the same if the object has expired";
    case 'NoSuchKey':
      return '. The object has expired, or was never there';
    case 'InvalidRange':
      return `. ${CHANGED}`;
    default:
      return '';
  }
}
