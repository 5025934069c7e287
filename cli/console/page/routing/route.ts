import type { RunLocation } from '../../../model/run';

export type Screen = 'stack' | 'runs' | 'run' | 'send' | 'undelivered';

/** What the address bar says. */
export interface Route {
  readonly place: RunLocation;
  /** Undefined where no screen has this path. */
  readonly screen: Screen | undefined;
  /** Of a run. */
  readonly id?: string;
  readonly query: Readonly<Record<string, string>>;
  /** Without `#`. `a2.3` is start 3 of attempt 2. */
  readonly hash: string;
}

/** The parts of a URL that name a screen. */
interface Address {
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
}

const AWS_PREFIX = '/aws';

const SCREENS: Readonly<Record<string, Screen>> = {
  '/': 'stack',
  '/runs': 'runs',
  '/send': 'send',
  '/undelivered': 'undelivered',
};

/** Reads an address. A path that no screen has keeps its place, so that the switch works there too. */
export function parseRoute({ pathname, search, hash }: Address): Route {
  const isAws = pathname === AWS_PREFIX || pathname.startsWith(`${AWS_PREFIX}/`);
  const path = withoutLastSlash(isAws ? pathname.slice(AWS_PREFIX.length) : pathname);
  const run = /^\/runs\/([^/]+)$/.exec(path);
  const id = run?.[1] === undefined ? undefined : decoded(run[1]);
  return {
    place: isAws ? 'aws' : 'local',
    screen: id === undefined ? ownProperty(SCREENS, path) : 'run',
    ...(id !== undefined && { id }),
    query: Object.fromEntries(new URLSearchParams(search)),
    hash: decoded(hash.replace(/^#/, '')) ?? '',
  };
}

/** The address of a screen. Empty values of the query are left out. */
export function href(
  place: RunLocation,
  path: '/' | '/runs' | '/send' | '/undelivered' | `/runs/${string}`,
  query: Readonly<Record<string, string | undefined>> = {},
  hash = '',
): string {
  const base = place === 'aws' ? `${AWS_PREFIX}${path === '/' ? '' : path}` : path;
  const search = new URLSearchParams(Object.entries(query).filter((entry): entry is [string, string] => !!entry[1]));
  return `${base}${search.size > 0 ? `?${search}` : ''}${hash === '' ? '' : `#${hash}`}`;
}

/** The address of a run, of one of its attempts (`a2`), or of one start of a container (`a2.3`). */
export function runHref(place: RunLocation, id: string, hash = ''): string {
  return href(place, `/runs/${encodeURIComponent(id)}`, {}, hash);
}

/** The screen that shows the same of the other place. A run exists in one place only: its list does. */
export function hrefElsewhere(route: Route, place: RunLocation): string {
  const { screen, query } = route;
  if (screen === 'runs' || screen === 'run') return href(place, '/runs', screen === 'runs' ? query : {});
  if (screen === 'send') return href(place, '/send', { job: query.job, type: query.type });
  return href(place, screen === 'undelivered' ? '/undelivered' : '/');
}

function withoutLastSlash(path: string): string {
  return path === '' ? '/' : path.replace(/(.)\/$/, '$1');
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function ownProperty<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
