import { createHash, randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export interface ObjectRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface ObjectAnswer {
  readonly status: number;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Objects of S3 in this process's memory, as far as functions of this project and generated images read and write them.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
 */
export class LocalObjects {
  /** By bucket and key, with a slash in front. */
  private readonly objects = new Map<string, Buffer>();
  private readonly tags = new WeakMap<Buffer, string>();
  private readonly uploads = new Map<string, Map<number, Buffer>>();

  /** @param others reads objects that are not stored. @default there are none */
  constructor(private readonly others: (path: string) => Buffer | undefined = () => undefined) {}

  /** Whether anything is stored. */
  get isEmpty(): boolean {
    return this.objects.size === 0;
  }

  /** @param path of bucket and key, with a slash in front */
  read(path: string): Buffer | undefined {
    return this.objects.get(path) ?? this.others(path);
  }

  answer(request: ObjectRequest): ObjectAnswer {
    const { method, url, headers, body } = request;
    const [encoded = '', query = ''] = url.split('?');
    const path = decodeURIComponent(encoded);
    const parameters = new URLSearchParams(query);
    const id = parameters.get('uploadId') ?? undefined;
    if (method === 'GET') return this.get(path, headers);
    if (method === 'DELETE') {
      this.uploads.delete(id ?? '');
      return { status: 204, body: '' };
    }
    if (method === 'POST' && parameters.has('uploads')) return this.beginUpload();
    const parts = id === undefined ? undefined : this.uploads.get(id);
    if (id !== undefined && parts === undefined) return refused(404, 'NoSuchUpload');
    if (method === 'PUT' && parts !== undefined) {
      parts.set(Number(parameters.get('partNumber')), body);
      return { status: 200, body: '', headers: { etag: '"part"' } };
    }
    if (headers['if-none-match'] === '*' && this.objects.has(path)) return refused(412, 'PreconditionFailed');
    if (parts === undefined) this.objects.set(path, body);
    else {
      this.uploads.delete(id ?? '');
      const inOrder = [...parts].sort(([one], [other]) => one - other);
      this.objects.set(path, Buffer.concat(inOrder.map(([, part]) => part)));
    }
    const done = parts === undefined ? '' : '<CompleteMultipartUploadResult/>';
    return { status: 200, body: done, headers: { etag: '"local"' } };
  }

  private get(path: string, headers: IncomingHttpHeaders): ObjectAnswer {
    const object = this.read(path);
    if (object === undefined) return refused(404, 'NoSuchKey');
    const etag = this.tagOf(object);
    const wanted = headers['if-match'];
    if (wanted !== undefined && wanted !== etag) return refused(412, 'PreconditionFailed');
    const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? [];
    if (from === undefined) return { status: 200, body: object, headers: { etag } };
    const start = Number(from);
    if (start >= object.length) return refused(416, 'InvalidRange');
    const part = object.subarray(start, to ? Number(to) + 1 : undefined);
    const range = `bytes ${start}-${start + part.length - 1}/${object.length}`;
    return { status: 206, body: part, headers: { etag, 'content-range': range } };
  }

  /** Computed once for each object: every child of an array reads the same. */
  private tagOf(object: Buffer): string {
    const known = this.tags.get(object);
    if (known !== undefined) return known;
    const tag = `"${createHash('md5').update(object).digest('hex')}"`;
    this.tags.set(object, tag);
    return tag;
  }

  private beginUpload(): ObjectAnswer {
    const id = randomUUID();
    this.uploads.set(id, new Map());
    return { status: 200, body: `<UploadId>${id}</UploadId>` };
  }
}

function refused(status: number, code: string): ObjectAnswer {
  return { status, body: `<Error><Code>${code}</Code></Error>` };
}
