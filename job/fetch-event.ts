import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isCurable, jobCredentials, type Variables } from './credentials';
import type { EventReference } from './event-reference';
import { objectAddress } from './object-address';
import { type Answer, get, RequestError } from './request';
import { signedHeaders } from './signature';

/** Time limits of fetching. */
interface Limits {
  /** Maximum number of seconds for all attempts. */
  readonly total: number;
  /** Maximum number of seconds for one request. Events have at most 6 MB. */
  readonly request: number;
}

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;

/** Error codes of Amazon S3 with a status below 500 after which the same request can succeed. */
const CURABLE_CODES = ['RequestTimeout', 'ExpiredToken', 'TokenRefreshRequired', 'SlowDown', 'RequestLimitExceeded'];

/**
 * Reads the JSON of a large event with the job's credentials.
 *
 * @throws Error if it cannot be read within a minute, or is not what the reference says
 */
export async function fetchEvent(
  reference: EventReference,
  variables: Variables,
  limits: Limits = { total: 60, request: 20 },
): Promise<string> {
  try {
    const region = variables.AWS_REGION || variables.AWS_DEFAULT_REGION;
    if (!region) throw new RequestError('AWS_REGION is not set. Set it to the region of the stack', false);
    const body = await repeated((timeoutMs) => objectBody(reference, region, variables, timeoutMs), limits);
    check(body, reference);
    return body.toString('utf8');
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    throw new Error(`The job's event could not be read from ${reference.uri}: ${error.message}`, { cause: error });
  }
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

async function objectBody(
  reference: EventReference,
  region: string,
  variables: Variables,
  timeoutMs: number,
): Promise<Buffer> {
  const credentials = await jobCredentials(variables, timeoutMs);
  const ask = (region: string) => {
    const { origin, path } = objectAddress(reference, region, variables);
    const signed = signedHeaders({ host: new URL(origin).host, path, region, credentials, now: new Date() });
    return get({ origin, path }, signed, timeoutMs);
  };
  const answer = await ask(region);
  // If the job has set AWS_REGION to another region, Amazon S3 responds with that of the bucket.
  const elsewhere = answer.status === 200 ? region : bucketRegion(answer);
  return content(elsewhere === undefined || elsewhere === region ? answer : await ask(elsewhere));
}

function bucketRegion({ headers, body }: Answer): string | undefined {
  const { 'x-amz-bucket-region': region = /<Region>([^<]+)</.exec(body.toString('utf8'))?.[1] } = headers;
  return [region].flat()[0];
}

function content({ status, body }: Answer): Buffer {
  if (status === 200) return body;
  const text = body.toString('utf8');
  const code = /<Code>([^<]*)<\/Code>/.exec(text)?.[1] ?? '';
  const message = /<Message>([^<]*)<\/Message>/.exec(text)?.[1] ?? text.slice(0, 200);
  const answer = `${code || 'Amazon S3 answered'} (HTTP ${status})${message && `: ${message}`}`;
  throw new RequestError(`${answer}${fix(code)}`, isCurable(status) || CURABLE_CODES.includes(code));
}

function fix(code: string): string {
  switch (code) {
    case 'AccessDenied':
      return ". The job's role needs s3:GetObject for it. Amazon S3 answers the same if the object has expired";
    case 'NoSuchKey':
      return '. The object has expired, or was never there';
    default:
      return '';
  }
}

function check(body: Buffer, { bytes, sha256 }: EventReference): void {
  if (bytes !== undefined && body.length !== bytes)
    throw new RequestError(`the object has ${body.length} bytes and not ${bytes}`, false);
  const found = createHash('sha256').update(body).digest('hex');
  if (found !== sha256) throw new RequestError(`the object has the SHA-256 ${found} and not ${sha256}`, false);
}
