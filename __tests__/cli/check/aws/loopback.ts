import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that a server of a test got. */
export interface Asked {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Answers of a server: status and body, one for each request in their order, the last one repeated. */
export type Answers = readonly (readonly [status: number, body: string])[];

/** Runs something with a server on the loopback interface that gives such answers, and returns what it was asked. */
export async function answering(answers: Answers, run: (endpoint: string) => Promise<void>): Promise<Asked[]> {
  const asked: Asked[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const [status, body] = answers[asked.length] ?? answers.at(-1) ?? [500, ''];
      asked.push({ headers: incoming.headers, body: Buffer.concat(chunks).toString() });
      outgoing.writeHead(status).end(body);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  try {
    await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
  return asked;
}
