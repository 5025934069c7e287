import { parse } from 'yaml';
import { asObject, asText, type JsonObject } from '../../../../orchestration/trigger/json';

/** Entries of a `yarn.lock` by descriptor (`name@range`). An entry can have several. */
export type YarnEntries = ReadonlyMap<string, JsonObject>;

/** Whether a `yarn.lock` was written by Yarn 2 or later. Their lockfiles begin with a block of metadata. */
export function isBerry(text: string): boolean {
  return /^__metadata:/m.test(text);
}

/** Reads a `yarn.lock`. Yarn 1 has its own format, later versions write YAML. */
export function yarnEntries(text: string): YarnEntries {
  const lock = isBerry(text) ? (asObject(parse(text)) ?? {}) : classicLock(text);
  const entries = new Map<string, JsonObject>();
  for (const [keys, value] of Object.entries(lock)) {
    if (keys === '__metadata') continue;
    for (const key of keys.split(/,\s*/)) entries.set(key, asObject(value) ?? {});
  }
  return entries;
}

/** Format of a lockfile of Yarn 2 or later: 4 (Yarn 2), 5 and 6 (Yarn 3), 8 and above (Yarn 4). */
export function berryFormat(text: string): number {
  return Number(/^__metadata:\s*\n\s+version:\s*"?(\d+)/m.exec(text)?.[1]);
}

/** Splits a descriptor into name and range. */
export function split(descriptor: string): readonly [name: string, range: string] {
  const at = descriptor.indexOf('@', 1);
  return at < 0 ? [descriptor, ''] : [descriptor.slice(0, at), descriptor.slice(at + 1)];
}

/** A tree of nested keys. */
interface Tree {
  [key: string]: string | Tree;
}

/** Parses Yarn 1's format: a `key:` or `key value` per line, nested by two spaces, with some strings in double quotes. */
function classicLock(text: string): Tree {
  const root: Tree = {};
  const open = [root];
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const depth = (line.length - line.trimStart().length) / 2;
    const [, keys, name = '', value = ''] = /^(?:(.+):|("(?:[^"\\]|\\.)*"|\S+)\s+(.*))$/.exec(line.trim()) ?? [];
    const parent = open[depth] ?? root;
    if (keys === undefined) {
      parent[unquoted(name)] = unquoted(value);
      continue;
    }
    const child: Tree = {};
    parent[unquoted(keys)] = child;
    open[depth + 1] = child;
  }
  return root;
}

function unquoted(text: string): string {
  return text.replace(/"((?:[^"\\]|\\.)*)"/g, (_, inner: string) => asText(JSON.parse(`"${inner}"`)) ?? '');
}
