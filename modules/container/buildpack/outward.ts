import { readFileSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { globSync } from 'tinyglobby';
import { pathBelow } from './included-files';
import type { Reference } from './parts';

/** How sources of a language refer to each other by relative paths. */
export interface SourceLanguage {
  /** File extension. */
  readonly ending: string;
  /** Paths that a source refers to, relative to its folder. */
  readonly named: (text: string) => readonly string[];
}

/** Folders with third-party sources. */
const FOREIGN = ['**/vendor/**', '**/node_modules/**', '**/cdktf.out/**'];

/**
 * Folders outside the project that its sources load files from. Includes the whole folder of a loaded file, because that file might load others.
 * Includes only the file if its folder contains the project.
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
        // The folder contains the project, so it also has unrelated files.
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
