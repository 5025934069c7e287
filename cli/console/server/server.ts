import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { send, sendError, sendWhole } from './answer';
import { jsonBody } from './body';
import type { ConsoleContext } from './context';
import { EventStream } from './event-stream';
import {
  addressOf,
  checkIds,
  checkOrigin,
  checkRoute,
  cookieName,
  entry,
  type GuardedRequest,
  SAFE_HEADERS,
} from './guard';
import type { PageFiles } from './page';
import { RequestError, RouteQuery } from './route';
import type { RouteTable } from './route-table';

/** What clients that are slow, or too many, are allowed. */
export interface ConnectionLimits {
  /** Milliseconds for the headers, and for a whole request: what is slower keeps a connection from others. */
  readonly headers: number;
  readonly request: number;
  /** Milliseconds without a byte in either direction. */
  readonly idle: number;
  /** Maximum number of connections. */
  readonly connections: number;
}

const LIMITS: ConnectionLimits = { headers: 10_000, request: 30_000, idle: 300_000, connections: 256 };

/** Serves the page and its routes on 127.0.0.1. */
export class ConsoleServer {
  /** Opens the console. It is in the printed address, and then in a cookie. */
  readonly token = randomBytes(32).toString('base64url');
  private readonly server: Server;
  private port = 0;

  constructor(
    private readonly context: ConsoleContext,
    private readonly routes: RouteTable,
    private readonly page: PageFiles,
    limits = LIMITS,
  ) {
    const options = {
      headersTimeout: limits.headers,
      requestTimeout: limits.request,
      connectionsCheckingInterval: Math.min(limits.headers, limits.request) / 2,
      insecureHTTPParser: false,
    };
    this.server = createServer(options, (request, response) => void this.answer(request, response));
    this.server.maxConnections = limits.connections;
    this.server.setTimeout(limits.idle);
    this.server.on('clientError', refuseMalformed);
  }

  /** Listens on a port. 0 is a free one. An error has Node.js's code, such as `EADDRINUSE`. */
  async listen(port: number): Promise<number> {
    await new Promise<void>((listening, reject) => {
      this.server.once('error', reject).listen({ host: '127.0.0.1', port }, () => {
        this.server.off('error', reject);
        listening();
      });
    });
    this.port = (this.server.address() as AddressInfo).port;
    return this.port;
  }

  /** The address to open, with the token. */
  get address(): string {
    return `http://127.0.0.1:${this.port}/?token=${this.token}`;
  }

  /** Ends every connection, streams included. */
  async close(): Promise<void> {
    // It has an error if it doesn't listen.
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    try {
      await this.admitted(request, response, gone.signal);
    } catch (error) {
      // Nobody is there to hear it.
      if (gone.signal.aborted) return;
      // What follows an unread body on the same connection would be read as a request.
      if (!request.complete) response.setHeader('Connection', 'close');
      sendError(response, error, isRead(request));
    }
  }

  private async admitted(request: IncomingMessage, response: ServerResponse, signal: AbortSignal): Promise<void> {
    const knock = knockOf(request);
    const lock = { port: this.port, token: this.token };
    const address = addressOf(knock, lock);
    if (knock.method !== 'GET' && knock.method !== 'POST') {
      throw new RequestError(405, 'Only GET and POST are answered.');
    }
    const isRoute = address.pathname.startsWith('/api/');
    const isPage = knock.method === 'GET' && !isRoute && !this.page.isAsset(address.pathname);
    const inside = isPage ? entry(address, lock) : undefined;
    if (inside !== undefined) {
      const cookie = `${cookieName(this.port)}=${this.token}; Path=/; HttpOnly; SameSite=Strict`;
      response.writeHead(303, { ...SAFE_HEADERS, Location: inside, 'Set-Cookie': cookie }).end();
      return;
    }
    checkOrigin(knock, lock, isPage);
    if (isRoute) return this.callRoute(request, response, address, signal);
    if (knock.method !== 'GET') throw new RequestError(405, 'Pages are read with GET.');
    const file = await this.page.file(address.pathname, knock.headers['accept-encoding']);
    sendWhole(response, file.status, file.type, file.body, file.headers);
  }

  private async callRoute(
    request: IncomingMessage,
    response: ServerResponse,
    address: URL,
    signal: AbortSignal,
  ): Promise<void> {
    const route = this.routes.find(request.method ?? '', address.pathname);
    if (route === undefined) throw new RequestError(404, `The console has no ${request.method} ${address.pathname}.`);
    checkRoute(route, knockOf(request), this.context.options.readOnly);
    const body = route.method === 'POST' ? await jsonBody(request) : undefined;
    checkIds(address.searchParams, body);
    const answer = await route.answer({ query: new RouteQuery(address.searchParams), body, signal }, this.context);
    if (answer instanceof EventStream) await answer.sendTo(response);
    else await send(response, answer);
  }
}

/** Whether somebody reads the answer in a browser, instead of the page, which asks for anything. */
function isRead({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && /\btext\/html\b/.test(headers.accept ?? '');
}

/** Headers that a request can have only once are joined if it has several, so that they match nothing. */
function knockOf({ method = '', url = '', headersDistinct }: IncomingMessage): GuardedRequest {
  const headers = Object.entries(headersDistinct).map(([name, values]) => [name, values?.join(',')]);
  return { method, url, headers: Object.fromEntries(headers) };
}

/** Answers what is no HTTP, or too slow or too long. */
function refuseMalformed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || socket.bytesWritten > 0) {
    socket.destroy();
    return;
  }
  const statuses: { readonly [code: string]: string } = {
    HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
    ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  };
  const headers = Object.entries({ ...SAFE_HEADERS, Connection: 'close', 'Content-Length': '0' });
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${statuses[error.code ?? ''] ?? '400 Bad Request'}`, ...lines, '', ''].join('\r\n'));
}
