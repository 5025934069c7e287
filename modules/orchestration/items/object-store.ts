import { setTimeout as sleep } from 'node:timers/promises';
import type { Deadline } from '../trigger/deadline';
import { withRetries } from '../trigger/retry';
import { StartError } from '../trigger/start-error';
import type { ItemsEnvironment } from './environment';
import type { ObjectAddress } from './event-items';
import { bytesOf, type ObjectRequest, requestObject } from './s3-request';

/** Bytes of a part of an upload. S3 takes 10,000 parts. */
const PART_BYTES = 8 * 1024 * 1024;

/** Parts that are sent at the same time. With the one that is filled, they are what an upload holds in memory. */
const PARTS_AT_ONCE = 3;

/** How often a stream goes on after it broke without a byte in between. */
const RESUMPTIONS = 8;

/** Time for S3 to answer that it copies an object, in milliseconds. */
const COPY_MS = 60_000;

/** Only if there is no such object yet: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html */
const ONCE = { 'If-None-Match': '*' };

/** Objects of S3: small ones as a whole, large ones as streams with a bounded memory. */
export class ObjectStore {
  constructor(
    private readonly environment: ItemsEnvironment,
    private readonly deadline: Deadline,
  ) {}

  /** @throws StartError with the code `NoSuchKey` if there is none */
  async read(address: ObjectAddress): Promise<Buffer> {
    return this.repeat(async (timeoutMs) => bytesOf(await this.send({ ...address, method: 'GET' }, timeoutMs)));
  }

  async write(address: ObjectAddress, body: Buffer): Promise<void> {
    await this.ask({ ...address, method: 'PUT', body });
  }

  /** A copy within S3. */
  async copy(from: ObjectAddress, to: ObjectAddress): Promise<void> {
    const source = [from.bucket, ...from.key.split('/')].map(encodeURIComponent).join('/');
    await this.repeat(async () => {
      const response = await this.send({ ...to, method: 'PUT', headers: { 'x-amz-copy-source': source } }, COPY_MS);
      refuseError((await bytesOf(response)).toString('utf8'));
    });
  }

  /**
   * The bytes of an object, of one version of it: a read that breaks goes on where it was, and only if the object is still the same.
   *
   * @throws StartError with the code `PreconditionFailed` if the object has changed
   */
  async *stream(address: ObjectAddress): AsyncGenerator<Buffer> {
    let read = 0;
    let etag: string | undefined;
    for (let broken = 0; ; ) {
      const headers = etag === undefined ? undefined : { Range: `bytes=${read}-`, 'If-Match': etag };
      const response = await this.repeat((timeoutMs) =>
        this.send({ ...address, method: 'GET', ...(headers && { headers }) }, timeoutMs),
      );
      etag ??= response.headers.etag;
      const total = read + Number(response.headers['content-length'] ?? Number.NaN);
      try {
        for await (const chunk of response as AsyncIterable<Buffer>) {
          read += chunk.length;
          broken = 0;
          yield chunk;
        }
        if (Number.isNaN(total) || read >= total) return;
      } catch (error) {
        // Without an ETag, nobody knows whether the rest is of the same object.
        if (etag === undefined || broken >= RESUMPTIONS) throw interrupted(address, error);
      }
      if (++broken > RESUMPTIONS || this.deadline.remainingMs() < 0) throw interrupted(address);
      await sleep(50 * 2 ** broken);
    }
  }

  /**
   * Stores a stream, unless there is an object already.
   *
   * @returns whether it was stored. If not, the object is what an earlier try stored, whose answer was lost
   */
  async storeOnce(address: ObjectAddress, chunks: AsyncIterable<Buffer>): Promise<boolean> {
    const upload = new Upload();
    let id: string | undefined;
    try {
      for await (const part of parts(chunks)) {
        if (part.isLast && id === undefined) return await this.putOnce(address, part.bytes);
        id ??= await this.beginUpload(address);
        const query = `partNumber=${upload.next()}&uploadId=${encodeURIComponent(id)}`;
        await upload.add(this.putPart({ ...address, method: 'PUT', query, body: part.bytes }));
      }
      if (id === undefined) return true;
      const stored = await this.completeUpload(address, id, await upload.tags());
      if (!stored) await this.abort(address, id);
      return stored;
    } catch (error) {
      // S3 keeps a part that arrives while its upload is taken back.
      await upload.settled();
      if (id !== undefined) await this.abort(address, id);
      throw error;
    }
  }

  private async putOnce(address: ObjectAddress, body: Buffer): Promise<boolean> {
    return unlessThere(this.ask({ ...address, method: 'PUT', body, headers: ONCE }));
  }

  private async beginUpload(address: ObjectAddress): Promise<string> {
    const answer = await this.ask({ ...address, method: 'POST', query: 'uploads=' });
    const [, id] = /<UploadId>([^<]+)<\/UploadId>/.exec(answer) ?? [];
    if (id === undefined) throw new StartError('InvalidResponse', 'S3 answered without the ID of an upload.', true);
    return id;
  }

  private async putPart(request: ObjectRequest): Promise<string> {
    return this.repeat(async (timeoutMs) => {
      const response = await this.send(request, timeoutMs);
      await bytesOf(response);
      const { etag } = response.headers;
      if (etag === undefined) throw new StartError('InvalidResponse', 'S3 answered without the ETag of a part.', true);
      return etag;
    });
  }

  private async completeUpload(address: ObjectAddress, id: string, tags: readonly string[]): Promise<boolean> {
    const list = tags.map((tag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${tag}</ETag></Part>`);
    const body = Buffer.from(`<CompleteMultipartUpload>${list.join('')}</CompleteMultipartUpload>`);
    const query = `uploadId=${encodeURIComponent(id)}`;
    // An upload that is complete is no upload any more: then only the answer was lost.
    return unlessThere(
      this.ask({ ...address, method: 'POST', query, body, headers: ONCE }).then(refuseError),
      'NoSuchUpload',
    );
  }

  /** Its parts have a cost. If this fails too, the bucket's lifecycle removes them. */
  private async abort(address: ObjectAddress, id: string): Promise<void> {
    const query = `uploadId=${encodeURIComponent(id)}`;
    await this.send({ ...address, method: 'DELETE', query }, 5_000).then(bytesOf, () => undefined);
  }

  private async ask(request: ObjectRequest): Promise<string> {
    return this.repeat(async (timeoutMs) => (await bytesOf(await this.send(request, timeoutMs))).toString('utf8'));
  }

  private send(request: ObjectRequest, timeoutMs: number) {
    return requestObject(request, this.environment, timeoutMs);
  }

  private repeat<T>(attempt: (timeoutMs: number) => Promise<T>): Promise<T> {
    return withRetries(attempt, this.deadline);
  }
}

function interrupted({ bucket, key }: ObjectAddress, cause?: unknown): StartError {
  return new StartError('Interrupted', `s3://${bucket}/${key} could not be read to its end.`, true, { cause });
}

/** S3 reports an error of a long request with status 200. */
function refuseError(answer: string): string {
  const [, code] = /<Error>.*?<Code>([^<]*)<\/Code>/s.exec(answer) ?? [];
  if (code !== undefined) throw new StartError(code, answer.slice(0, 300), true);
  return answer;
}

async function unlessThere(stored: Promise<unknown>, ...codes: readonly string[]): Promise<boolean> {
  try {
    await stored;
    return true;
  } catch (error) {
    if (error instanceof StartError && ['PreconditionFailed', ...codes].includes(error.code)) return false;
    throw error;
  }
}

/** Parts that are on their way, and the ETags of those that arrived. */
class Upload {
  private readonly sent: Promise<string>[] = [];
  private readonly open = new Set<Promise<unknown>>();

  next(): number {
    return this.sent.length + 1;
  }

  /** Waits while too many are on their way. */
  async add(part: Promise<string>): Promise<void> {
    this.sent.push(part);
    const done: Promise<unknown> = part.then(
      () => this.open.delete(done),
      () => this.open.delete(done),
    );
    this.open.add(done);
    if (this.open.size >= PARTS_AT_ONCE) await Promise.race(this.open);
  }

  tags(): Promise<string[]> {
    return Promise.all(this.sent);
  }

  async settled(): Promise<void> {
    await Promise.allSettled(this.sent);
  }
}

/** Chunks, put together to parts. Nothing for no chunks. */
async function* parts(
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<{ readonly bytes: Buffer; readonly isLast: boolean }> {
  let bytes = Buffer.allocUnsafe(PART_BYTES);
  let filled = 0;
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length; ) {
      if (filled === PART_BYTES) {
        yield { bytes, isLast: false };
        bytes = Buffer.allocUnsafe(PART_BYTES);
        filled = 0;
      }
      const taken = chunk.copy(bytes, filled, start);
      filled += taken;
      start += taken;
    }
  }
  if (filled > 0) yield { bytes: bytes.subarray(0, filled), isLast: true };
}
