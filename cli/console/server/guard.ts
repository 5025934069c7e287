import { createHash, timingSafeEqual } from 'node:crypto';
import { RequestError, type Route } from './route';

/** The parts of a request that decide whether it is answered. */
export interface GuardedRequest {
  readonly method: string;
  /** As in the request line. */
  readonly url: string;
  /** By lowercase name. A header that is sent twice has its values joined by commas. */
  readonly headers: { readonly [name: string]: string | undefined };
}

/** The address that a server listens at, and the secret that opens it. */
export interface Lock {
  readonly port: number;
  readonly token: string;
}

/** Longest accepted path with query, in characters. */
const LONGEST_ADDRESS = 4096;

/** The parameter of the printed address. */
const TOKEN = 'token';

/** Cookies belong to a host, not to a port: two consoles need two names. */
export function cookieName(port: number): string {
  return `batch-jobs-${port}`;
}

/**
 * The path and query of a request that is for this server.
 *
 * @throws RequestError if it is for another server, which a web page can bring about by pointing its own name at 127.0.0.1
 */
export function addressOf({ url, headers }: GuardedRequest, { port }: Lock): URL {
  const host = headers.host ?? '';
  if (!ownHosts(port).includes(host)) {
    throw new RequestError(421, `This console answers at 127.0.0.1:${port} and localhost:${port} only.`);
  }
  // Proxies are sent whole URLs. Here, such a URL could name another host than the header.
  const isPath = /^\/(?!\/)[\x21-\x7e]*$/.test(url) && !/[\\#]|%00/i.test(url) && url.length <= LONGEST_ADDRESS;
  const address = isPath && URL.canParse(url, `http://${host}`) ? new URL(url, `http://${host}`) : undefined;
  // Without its dots, `/.//example` is an address of another server.
  if (address === undefined || address.pathname.startsWith('//')) {
    throw new RequestError(400, 'The address is not valid.');
  }
  return address;
}

function ownHosts(port: number): string[] {
  const names = ['127.0.0.1', 'localhost'];
  return [...names.map((name) => `${name}:${port}`), ...(port === 80 ? names : [])];
}

/**
 * Where to go from the printed address: the same page without the token. Undefined if the request has no token.
 *
 * @throws RequestError if the token is wrong
 */
export function entry(address: URL, { token }: Lock): string | undefined {
  const given = address.searchParams.getAll(TOKEN);
  if (given.length === 0) return undefined;
  if (given.length > 1 || !isSame(given[0] ?? '', token)) throw stranger();
  const { pathname, searchParams } = address;
  searchParams.delete(TOKEN);
  return `${pathname}${searchParams.size > 0 ? `?${searchParams}` : ''}`;
}

/**
 * Checks that a request comes from the console's own page, in a browser that was opened with the printed address.
 *
 * @param isPage whether it asks for a whole page, which a link elsewhere can open
 * @throws RequestError if it doesn't
 */
export function checkOrigin({ method, headers }: GuardedRequest, lock: Lock, isPage: boolean): void {
  const { origin, 'sec-fetch-site': site = 'same-origin' } = headers;
  const isNavigation = isPage && (headers['sec-fetch-mode'] ?? 'navigate') === 'navigate';
  const isOwnSite = site === 'same-origin' || (site === 'none' && method === 'GET') || isNavigation;
  const isOwnOrigin = origin === undefined ? method !== 'POST' : ownOrigin(origin, headers.host);
  if (!isOwnSite || !isOwnOrigin) {
    throw new RequestError(403, 'Only the page of this console can ask for that, not another web page.');
  }
  if (!isSame(cookie(headers.cookie, cookieName(lock.port)) ?? '', lock.token)) throw stranger();
}

function ownOrigin(origin: string, host = ''): boolean {
  return origin === `http://${host}`;
}

/** The value of a cookie. Undefined if it is missing or sent twice. */
function cookie(header = '', name: string): string | undefined {
  const values = header
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1));
  return values.length === 1 ? values[0] : undefined;
}

/** Whether two secrets are the same. Takes the same time wherever they differ. */
function isSame(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}

function stranger(): RequestError {
  return new RequestError(
    403,
    'This browser is not known to the console. Open the address that the console has printed, or start it again.',
  );
}

/** @throws RequestError if a route must not be called with these headers */
export function checkRoute(route: Route, { headers }: GuardedRequest, isReadOnly: boolean): void {
  if (isReadOnly && (route.isWrite ?? route.method === 'POST')) {
    throw new RequestError(403, 'The console was started with --read-only. Start it without, to change something.');
  }
  if (route.method !== 'POST') return;
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/json') {
    throw new RequestError(415, 'The body must be JSON, with the content type application/json.');
  }
  if (headers['content-encoding'] !== undefined) throw new RequestError(415, 'The body must not be compressed.');
}

/** Names of what a request is about. They become names of files and requests to AWS. */
const ID_FIELDS = ['id', 'ids', 'run', 'again'];

/** @throws RequestError if an ID of a query or a body could lead to another folder */
export function checkIds(query: URLSearchParams, body: unknown): void {
  const fields = typeof body === 'object' && body !== null ? (body as { readonly [name: string]: unknown }) : {};
  const given = ID_FIELDS.flatMap((name) => [...query.getAll(name), ...[fields[name]].flat()]);
  for (const id of given) {
    if (id === undefined || id === '') continue;
    if (typeof id !== 'string' || !/^(?!\.)[^\p{Cc}/\\]{1,256}$/u.test(id)) {
      throw new RequestError(400, 'The ID is not valid. IDs are those that the console lists.');
    }
  }
}

/** Headers of every answer. */
export const SAFE_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': [
    "default-src 'self'",
    "object-src 'none'",
    "frame-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};
