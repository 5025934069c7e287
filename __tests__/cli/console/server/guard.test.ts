import {
  addressOf,
  checkIds,
  checkOrigin,
  checkRoute,
  cookieName,
  entry,
  SAFE_HEADERS,
} from '../../../../cli/console/server/guard';
import { RequestError } from '../../../../cli/console/server/route';

const LOCK = { port: 4000, token: 'secret' };

type Headers = { readonly [name: string]: string | undefined };

/** The status with which a check refuses, or undefined. */
function refusal(check: () => unknown): number | undefined {
  try {
    check();
  } catch (error) {
    if (error instanceof RequestError) return error.status;
    throw error;
  }
  return undefined;
}

describe('the address', () => {
  const addressed = (url: string, host: string | undefined, port = 4000) =>
    addressOf({ method: 'GET', url, headers: { host } }, { ...LOCK, port });

  it('has the path and the query', () => {
    const { pathname, searchParams } = addressed('/api/run?id=a%20b', '127.0.0.1:4000');
    expect([pathname, searchParams.get('id')]).toEqual(['/api/run', 'a b']);
  });

  it.each<[string | undefined, number, number | undefined]>([
    ['127.0.0.1:4000', 4000, undefined],
    ['localhost:4000', 4000, undefined],
    ['localhost', 80, undefined],
    ['127.0.0.1', 80, undefined],
    ['localhost:80', 80, undefined],
    ['localhost', 4000, 421],
    ['localhost:4001', 4000, 421],
    ['evil.example:4000', 4000, 421],
    ['localhost:4000.evil.example', 4000, 421],
    [undefined, 4000, 421],
  ])('is at the host %s with the port %d: refused with %s', (host, port, status) => {
    expect(refusal(() => addressed('/', host, port))).toBe(status);
  });

  it.each([
    ['http://localhost:4000/', 400],
    ['//evil.example/', 400],
    ['/.//evil.example', 400],
    ['/a\\b', 400],
    ['/a#b', 400],
    ['/a%00b', 400],
    ['/a b', 400],
    ['/é', 400],
    ['', 400],
    [`/${'a'.repeat(4096)}`, 400],
    [`/${'a'.repeat(4095)}`, undefined],
    ['/a//b', undefined],
  ])('%.30s is refused with %s', (url, status) => {
    expect(refusal(() => addressed(url, 'localhost:4000'))).toBe(status);
  });
});

describe('the printed address', () => {
  const entered = (path: string) => entry(new URL(path, 'http://localhost:4000'), LOCK);

  it.each([
    ['/runs', undefined],
    ['/runs?token=secret', '/runs'],
    ['/runs?token=secret&job=a', '/runs?job=a'],
  ])('%s goes to %s', (path, expected) => {
    expect(entered(path)).toBe(expected);
  });

  it.each(['/?token=', '/?token=secret2', '/?token=Secret', '/?token=secret&token=secret'])('%s is refused', (path) => {
    expect(refusal(() => entered(path))).toBe(403);
  });
});

describe('the origin of a request', () => {
  const cookie = `${cookieName(4000)}=secret`;
  const own = 'http://localhost:4000';
  const refused = (method: string, headers: Headers, isPage = false) =>
    refusal(() => checkOrigin({ method, url: '/', headers: { host: 'localhost:4000', ...headers } }, LOCK, isPage));

  it.each<[string, string, Headers, boolean, number | undefined]>([
    ['the own page reads', 'GET', { cookie, 'sec-fetch-site': 'same-origin' }, false, undefined],
    ['a browser that sends no site', 'GET', { cookie }, false, undefined],
    ['the own page sends', 'POST', { cookie, origin: own }, false, undefined],
    ['a typed address', 'GET', { cookie, 'sec-fetch-site': 'none' }, false, undefined],
    ['a typed address that sends', 'POST', { cookie, origin: own, 'sec-fetch-site': 'none' }, false, 403],
    ['another page reads', 'GET', { cookie, 'sec-fetch-site': 'cross-site' }, false, 403],
    ['a page of another port reads', 'GET', { cookie, 'sec-fetch-site': 'same-site' }, false, 403],
    [
      'a link of another page',
      'GET',
      { cookie, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
      true,
      undefined,
    ],
    ['a link, of a browser that sends no mode', 'GET', { cookie, 'sec-fetch-site': 'cross-site' }, true, undefined],
    [
      'another page fetches a page',
      'GET',
      { cookie, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' },
      true,
      403,
    ],
    ['what sends without an origin', 'POST', { cookie }, false, 403],
    ['another origin', 'POST', { cookie, origin: 'http://localhost:4001' }, false, 403],
    ['no origin at all', 'POST', { cookie, origin: 'null' }, false, 403],
    ['no cookie', 'GET', {}, false, 403],
    ['the cookie of another console', 'GET', { cookie: 'batch-jobs-4001=secret' }, false, 403],
    ['a wrong cookie', 'GET', { cookie: `${cookieName(4000)}=secret2` }, false, 403],
    ['the cookie among others', 'GET', { cookie: `a=b; ${cookie}; c=d` }, false, undefined],
    ['the cookie twice', 'GET', { cookie: `${cookie}; ${cookie}` }, false, 403],
  ])('%s', (_, method, headers, isPage, status) => {
    expect(refused(method, headers, isPage)).toBe(status);
  });
});

describe('a route', () => {
  const json = { 'content-type': 'application/json; charset=utf-8' };
  const route = (method: 'GET' | 'POST', isWrite?: boolean) => ({
    method,
    path: '/',
    answer: () => undefined,
    isWrite,
  });

  it.each<[string, 'GET' | 'POST', boolean | undefined, Headers, boolean, number | undefined]>([
    ['reads', 'GET', undefined, {}, true, undefined],
    ['reads by POST', 'POST', false, json, true, undefined],
    ['writes, which the console may not', 'POST', undefined, json, true, 403],
    ['writes by GET, which the console may not', 'GET', true, {}, true, 403],
    ['writes', 'POST', undefined, json, false, undefined],
    ['gets what a form of any page can send', 'POST', undefined, { 'content-type': 'text/plain' }, false, 415],
    ['gets no type', 'POST', undefined, {}, false, 415],
    ['gets JSON in other letters', 'POST', undefined, { 'content-type': 'Application/JSON ;a=b' }, false, undefined],
    ['gets what is compressed', 'POST', undefined, { ...json, 'content-encoding': 'gzip' }, false, 415],
  ])('%s', (_, method, isWrite, headers, isReadOnly, status) => {
    const request = { method, url: '/', headers };
    expect(refusal(() => checkRoute(route(method, isWrite), request, isReadOnly))).toBe(status);
  });
});

it.each<[string, unknown, number | undefined]>([
  ['id=2026-01-01_a', undefined, undefined],
  ['id=', undefined, undefined],
  ['id=..', undefined, 400],
  ['id=.hidden', undefined, 400],
  ['id=a/b', undefined, 400],
  ['id=a%5Cb', undefined, 400],
  ['id=a%0Ab', undefined, 400],
  ['id=a&id=..', undefined, 400],
  ['run=..', undefined, 400],
  ['again=..', undefined, 400],
  ['job=a/b', undefined, undefined],
  ['', { id: 'a' }, undefined],
  ['', { id: 5 }, 400],
  ['', { ids: ['a', 'b'] }, undefined],
  ['', { ids: ['a', '../b'] }, 400],
  ['', { event: '../b' }, undefined],
  ['', 'text', undefined],
  ['', null, undefined],
  [`id=${'a'.repeat(256)}`, undefined, undefined],
  [`id=${'a'.repeat(257)}`, undefined, 400],
])('the IDs of %.20s and %j are refused with %s', (query, body, status) => {
  expect(refusal(() => checkIds(new URLSearchParams(query), body))).toBe(status);
});

it('no answer can be framed, stored, or run what is from elsewhere', () => {
  expect(SAFE_HEADERS).toEqual({
    'Content-Security-Policy':
      "default-src 'self'; object-src 'none'; frame-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  });
});
