import { foundValue } from '../problems/found';
import { formatCount } from '../problems/phrases';
import type { Finding, LocatedFinding } from '../problems/problem';
import { suggestion } from '../problems/suggestion';

/** What a connection can allow: only to read, only to write, or both. */
export const ACCESS_KINDS = ['read', 'write', 'readWrite'] as const;

export type AccessKind = (typeof ACCESS_KINDS)[number];

/** A smaller part of what a connection allows by default. */
export interface Narrowing {
  /** @default everything that a connection to this type of resource allows */
  readonly access?: AccessKind;
  /** Start of the keys of objects. @default all objects */
  readonly prefix?: string;
}

/** How connections to a type of resource can be narrowed. */
export type Narrowable =
  | {
      /** The kinds of access that exist for the type. */
      readonly access: readonly AccessKind[];
      /** Whether a prefix can select some of its objects. @default false */
      readonly hasPrefix?: boolean;
    }
  | {
      /** What decides instead, as the end of a sentence. */
      readonly decides: string;
    };

/** For whom an action is: for those who read, for those who write, for both, or only for those who can do all. */
type Use = 'read' | 'write' | 'both' | 'all';

/** The actions that a narrowing leaves, in the given order. */
export function allowed({ access = 'readWrite' }: Narrowing, actions: { readonly [action: string]: Use }): string[] {
  return Object.entries(actions).flatMap(([action, use]) =>
    access === 'readWrite' || use === 'both' || use === access ? [action] : [],
  );
}

/** Longest key of an S3 object, in bytes: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const LONGEST_KEY = 1024;

/** The problems of a narrowing of a connection to a resource. In a config, the schema reports wrong types. */
export function narrowingProblems(
  { access, prefix }: { readonly access?: unknown; readonly prefix?: unknown },
  what: string,
  narrowable: Narrowable,
): LocatedFinding[] {
  if ('decides' in narrowable) {
    return Object.entries({ access, prefix }).flatMap(([property, value]) => {
      if (value === undefined) return [];
      const accepted = `no ${property}: what a connection to ${what} allows is decided by ${narrowable.decides}`;
      return [
        {
          path: [property],
          finding: { found: foundValue(value), accepted, acceptedAs: 'rule', fix: `remove ${property}` },
        },
      ];
    });
  }
  const problems: LocatedFinding[] = [];
  const kinds: readonly unknown[] = narrowable.access;
  if (access !== undefined && !kinds.includes(access)) {
    const finding = accessFinding(access, what, narrowable.access);
    problems.push({ path: ['access'], finding });
  }
  if (prefix !== undefined && narrowable.hasPrefix !== true) {
    const accepted = `no prefix: only the keys of a bucket's objects have one, and this is ${what}`;
    problems.push({
      path: ['prefix'],
      finding: { found: foundValue(prefix), accepted, acceptedAs: 'rule', fix: 'remove prefix' },
    });
  }
  return problems;
}

function accessFinding(access: unknown, what: string, kinds: readonly AccessKind[]): Finding {
  const accepted = `${kinds.join(', ')} for ${what}`;
  const meant = typeof access === 'string' ? suggestion(access, kinds) : undefined;
  const [only] = kinds.length === 1 ? kinds : [];
  const fix = only === undefined ? 'use one of these' : `use ${only}, or remove access`;
  return { found: foundValue(access), accepted, fix: meant === undefined ? fix : `did you mean "${meant}"?` };
}

/** The problem with a prefix, which becomes a part of an ARN in a policy. */
export function prefixProblem(prefix: string): Finding | undefined {
  const accepted = "the start of objects' keys, such as in/";
  const found = foundValue(prefix);
  const bytes = Buffer.byteLength(prefix);
  if (prefix === '') return { found, accepted, fix: 'write a prefix, or remove it' };
  if (prefix.startsWith('/'))
    return { found, accepted, fix: `write ${prefix.replace(/^\/+/, '') || 'in/'}: keys start without /` };
  if (/[*?]|\$\{/.test(prefix)) {
    const rest = prefix.slice(0, prefix.search(/[*?]|\$\{/));
    const fix = rest === '' ? 'remove it' : `write ${rest}, which selects every key that starts so`;
    return { found, accepted: `${accepted}, without *, ? and \${, which have a meaning in a policy`, fix };
  }
  if (/^\$[A-Za-z]+\(/.test(prefix)) return { found, accepted, fix: 'write the prefix itself' };
  if (bytes <= LONGEST_KEY) return undefined;
  return {
    code: 'aws-limit',
    found: `${formatCount(bytes)} bytes`,
    accepted: `at most ${formatCount(LONGEST_KEY)} bytes, the longest key`,
    fix: 'write a shorter prefix',
  };
}

/** Whether everything that one connection allows is also allowed by another one to the same resource. */
export function isCovered(one: Narrowing, other: Narrowing): boolean {
  const { access = 'readWrite', prefix = '' } = other;
  return (access === 'readWrite' || access === one.access) && (one.prefix ?? '').startsWith(prefix);
}
