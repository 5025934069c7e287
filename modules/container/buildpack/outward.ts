import { readFileSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { globSync } from 'tinyglobby';
import { pathBelow } from './included-files';
import type { Reference } from './parts';

/** How the sources of a language name each other by relative paths. */
export interface SourceLanguage {
  /** Ending of its files. */
  readonly ending: string;
  /** Paths that a source names, relative to its folder. */
  readonly named: (text: string) => readonly string[];
}

/** Folders whose sources are other people's. */
const FOREIGN = ['**/vendor/**', '**/node_modules/**', '**/.git/**', '**/cdktf.out/**'];

/**
 * What the sources of a project load from outside of its folder: each the folder that the loaded file lies in, with all that it may load
 * itself; only the file if the project lies below that folder.
 *
 * @param parts folders that are sent anyway
 */
export function outwardReferences(parts: readonly string[], language: SourceLanguage): Reference[] {
  const [folder = ''] = parts;
  const found = new Map<string, Reference>();
  const queue = [...parts];
  for (let part = queue.shift(); part !== undefined; part = queue.shift()) {
    for (const source of sources(part, language)) {
      for (const target of targets(source, language)) {
        const sent = [...parts, ...found.keys()];
        if (sent.some((one) => pathBelow(one, target) !== undefined)) continue;
        const home = statSync(target).isDirectory() ? target : dirname(target);
        const path = pathBelow(home, folder) === undefined ? home : target;
        // A folder that the project lies in is all that is around it, which nobody named.
        if (pathBelow(path, folder) !== undefined) continue;
        found.set(path, { path, from: relative(folder, source) });
        queue.push(path);
      }
    }
  }
  return [...found.values()];
}

function sources(part: string, { ending }: SourceLanguage): string[] {
  if (!statSync(part).isDirectory()) return part.endsWith(ending) ? [part] : [];
  return globSync([`**/*${ending}`], { cwd: part, ignore: FOREIGN, absolute: true, followSymbolicLinks: false }).sort();
}

function targets(source: string, { ending, named }: SourceLanguage): string[] {
  return named(readFileSync(source, 'utf8')).flatMap((name) => {
    const path = resolve(dirname(source), name);
    const target = [path, `${path}${ending}`].find((one) => statSync(one, { throwIfNoEntry: false }) !== undefined);
    return target === undefined ? [] : [target];
  });
}
