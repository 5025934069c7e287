import { posix } from 'node:path';
import { type Finding, formatFound } from '../../../config/problem';
import { bytes, type TarEntry } from '../../tar';
import { likelyDistributions, mayBring } from './distribution-names';
import type { Distributions } from './installation';
import { type Import, sourceImports } from './source-imports';

/** What a job's own code is looked for in. */
export interface Code {
  readonly files: readonly TarEntry[];
  /** Path of the entry file among them. */
  readonly entry: string;
  /** Folders among them that modules are found in, in their order. */
  readonly folders: readonly string[];
}

/** A module that the job's code imports and that is none of its own. */
export interface Foreign {
  readonly module: string;
  /** Path of the file that imports it. */
  readonly file: string;
  readonly when: Import['when'];
}

/** The modules that the entry file, and what it imports of the project, want from elsewhere; undefined if the program sets its own path. */
export function foreignModules({ files, entry, folders }: Code): Foreign[] | undefined {
  const sources = new Map(files.map((file) => [file.path, file]));
  const tops = topModules(files, folders);
  const found = new Map<string, Foreign>();
  const seen = new Set<string>();
  const queue: { readonly path: string; readonly when: Import['when'] }[] = [{ path: entry, when: 'sure' }];
  for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
    const { path } = one;
    const source = sources.get(path);
    if (seen.has(path) || source === undefined || source.kind === 'link') continue;
    seen.add(path);
    const text = bytes(source.content).toString('utf8');
    if (/\bsys\.path\b|\bsite\.addsitedir\b/.test(text)) return undefined;
    for (const { module, names, when } of sourceImports(text)) {
      const worst = one.when === 'sure' ? when : one.when === 'called' && when === 'sure' ? 'called' : when;
      if (worst === 'guarded') continue;
      const own = module.startsWith('.') ? relative(path, module) : undefined;
      const [top = ''] = module.split('.');
      if (own === undefined && !tops.has(top)) {
        const former = found.get(top);
        if (former === undefined || (former.when !== 'sure' && worst === 'sure'))
          found.set(top, { module: top, file: path, when: worst });
        continue;
      }
      const bases = own === undefined ? folders.map((folder) => posix.join(folder, ...module.split('.'))) : [own];
      for (const base of bases) {
        const parts = [...parents(base, folders), base, ...names.map((name) => posix.join(base, name))];
        const next = parts.flatMap((part) =>
          [`${part}.py`, `${part}/__init__.py`].map((file) => ({ path: file, when: worst })),
        );
        // What runs for sure comes first: a file is looked at once.
        if (worst === 'sure') queue.unshift(...next);
        else queue.push(...next);
      }
    }
  }
  // What lies in another folder may be found by means that are not seen here.
  const lies = (module: string) => files.some(({ path }) => new RegExp(`(^|/)${module}(\\.py$|/)`).test(path));
  return [...found.values()].map((one) => (lies(one.module) ? { ...one, when: 'called' } : one));
}

/** The packages above a module, which are run before it. */
function parents(base: string, folders: readonly string[]): string[] {
  const above = posix.dirname(base);
  return above === '.' || folders.includes(above) || above === '/' ? [] : [...parents(above, folders), above];
}

/** The path that a relative import leads to, such as `..lib.text`. */
function relative(path: string, module: string): string {
  const [, dots = '', rest = ''] = /^(\.+)(.*)$/.exec(module) ?? [];
  const up = Array.from({ length: dots.length - 1 }, () => '..');
  return posix.join(posix.dirname(path), ...up, ...rest.split('.'));
}

/** Names that the first part of an import finds in the project: a file, or a folder with code. */
function topModules(files: readonly TarEntry[], folders: readonly string[]): Set<string> {
  const tops = new Set<string>();
  for (const { path } of files) {
    if (!/\.(py|pyi?x|so|pyc)$/.test(path)) continue;
    for (const folder of folders) {
      const below =
        folder === '' || folder === '.'
          ? path
          : path.startsWith(`${folder}/`)
            ? path.slice(folder.length + 1)
            : undefined;
      const [top] = below?.split('/') ?? [];
      if (top !== undefined) tops.add(top.replace(/\..*$/, ''));
    }
  }
  return tops;
}

/** What of the imports is wrong for sure, and what a person should look at. */
export function importFindings(
  foreign: readonly Foreign[],
  standard: ReadonlySet<string>,
  { installed, withheld, whole = false, opaque = false }: Distributions,
  nothing: (module: string) => Finding['fix'],
): { readonly problems: Finding[]; readonly notes: string[] } {
  const problems: Finding[] = [];
  const unsure: string[] = [];
  for (const { module, file, when } of foreign) {
    if (standard.has(module) || module.startsWith('_') || mayBring(module, installed)) continue;
    const [kept] = likelyDistributions(module).flatMap((name) => withheld.get(name) ?? []);
    const found = `${formatFound(file)} imports ${formatFound(module)}`;
    // Without a lockfile another package may bring it.
    const known = whole || (installed.size === 0 && !opaque);
    if (kept !== undefined && when === 'sure' && known)
      problems.push({
        found: `${found}, which only ${kept.where} declares`,
        accepted: 'imports of packages that the image gets',
        fix: kept.fix,
      });
    else if (installed.size === 0 && !opaque && when === 'sure')
      problems.push({
        found: `${found}, and no package is declared`,
        accepted: 'imports of the standard library, of the project, and of declared packages',
        fix: nothing(module),
      });
    else if (!opaque)
      unsure.push(kept === undefined ? found : `${found}, which only ${kept.where} declares (${kept.fix})`);
  }
  const notes =
    unsure.length === 0
      ? []
      : [`no declared package has the name of a module: ${unsure.join('; ')}. Check that one of them provides it`];
  return { problems, notes };
}
