import { connect, type Socket } from 'node:net';

/** An answer, as it came over the connection. */
export interface RawAnswer {
  readonly status: number;
  /** By lowercase name. */
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
  /** All answers of the connection. */
  readonly text: string;
}

/** A request byte by byte: what a browser, or somebody who is none, can send. */
export async function rawRequest(port: number, ...parts: readonly (string | Buffer)[]): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1');
  // A server that has answered early resets a connection on which a body is still sent.
  socket.on('error', () => {});
  for (const part of parts) socket.write(part);
  return parsed(await allOf(socket));
}

/** All that a connection gets until it ends. */
export async function allOf(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  await new Promise((closed) => socket.once('close', closed));
  return Buffer.concat(chunks).toString();
}

function parsed(text: string): RawAnswer {
  const [head = '', ...body] = text.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const [name = '', ...value] = line.split(': ');
    return [name.toLowerCase(), value.join(': ')];
  });
  return {
    status: Number(first.split(' ')[1] ?? 0),
    headers: Object.fromEntries(headers),
    body: body.join('\r\n\r\n'),
    text,
  };
}

/** The head of a request. Headers that are undefined are left out. */
export function head(first: string, headers: { readonly [name: string]: string | undefined }): string {
  const lines = Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
  return [first, ...lines, '', ''].join('\r\n');
}
