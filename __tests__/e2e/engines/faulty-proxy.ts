import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { LoopbackServer } from './loopback-server';

/**
 * The faults of a request. With `lost`, the server handles it, but the response never arrives. With `half-open`, there is no response.
 */
export const FAULTS = ['throttled', 'unavailable', 'reset', 'lost', 'half-open', 'garbage'] as const;
export type ProxyFault = (typeof FAULTS)[number];

/** A server between a client and a service, on a free port of 127.0.0.1, that some requests do not get past whole. */
export class FaultyProxy extends LoopbackServer {
  /** How often each fault struck. */
  readonly struck: Record<ProxyFault, number> = {
    throttled: 0,
    unavailable: 0,
    reset: 0,
    lost: 0,
    'half-open': 0,
    garbage: 0,
  };
  requests = 0;

  /** @param fault says for each request, from 0, what becomes of it; undefined lets it through */
  constructor(
    private readonly service: string,
    private readonly fault: (index: number) => ProxyFault | undefined,
  ) {
    super();
  }

  protected async serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const fault = this.fault(this.requests++);
    if (fault !== undefined) this.struck[fault]++;
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    switch (fault) {
      case 'throttled':
        outgoing.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
        outgoing.end('{"__type":"ThrottlingException","message":"Rate exceeded"}');
        return;
      case 'unavailable':
        outgoing.writeHead(503).end('<html>Service Unavailable</html>');
        return;
      case 'reset':
        incoming.socket.resetAndDestroy();
        return;
      case 'half-open':
        return;
      case 'garbage':
        outgoing
          .writeHead(200, { 'content-type': 'text/html' })
          .end('<html>Welcome to the hotel. Please log in.</html>');
        return;
      default:
        await this.forward(incoming, Buffer.concat(chunks), (status, headers, body) => {
          if (fault === 'lost') incoming.socket.destroy();
          else outgoing.writeHead(status, headers).end(body);
        });
    }
  }

  private forward(
    { method, url, headers }: IncomingMessage,
    body: Buffer,
    answer: (status: number, headers: IncomingMessage['headers'], body: Buffer) => void,
  ): Promise<void> {
    return new Promise((done, failed) => {
      const { 'transfer-encoding': _, ...kept } = headers;
      const onward = request(this.service + url, { method, agent: this.agent, headers: kept }, async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk);
        const { 'transfer-encoding': __, connection: ___, ...back } = response.headers;
        answer(response.statusCode ?? 502, back, Buffer.concat(chunks));
        done();
      });
      onward.on('error', failed);
      onward.end(body);
    });
  }
}
