import { posix } from 'node:path';
import { formatFound, foundText } from '../../../problems/found';
import type { Finding } from '../../../problems/problem';
import { bytes, type TarEntry } from '../../tar';
import { likelyDistributions, mayBring } from './distribution-names';
import type { Distributions } from './installation';
import { type Import, sourceImports } from './source-imports';

/** Where the job's code is searched. */
export interface Code {
  readonly files: readonly TarEntry[];
  /** Path of the entry file. */
  readonly entry: string;
  /** Folders of modules, in search order. */
  readonly folders: readonly string[];
}

/** An imported module that is not part of the job's code. */
export interface Foreign {
  readonly module: string;
  /** Path of the importing file. */
  readonly file: string;
  readonly when: Import['when'];
}

/** The external modules that the entry file and the project files it imports need. Undefined if the program changes its module search path. */
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
        // Files that certainly run come first, because each file is read only once.
        if (worst === 'sure') queue.unshift(...next);
        else queue.push(...next);
      }
    }
  }
  // A module in another folder might be found in a way that isn't detected here.
  const lies = (module: string) => files.some(({ path }) => new RegExp(`(^|/)${module}(\\.py$|/)`).test(path));
  return [...found.values()].map((one) => (lies(one.module) ? { ...one, when: 'called' } : one));
}

/** The parent packages of a module, which run before it. */
function parents(base: string, folders: readonly string[]): string[] {
  const above = posix.dirname(base);
  return above === '.' || folders.includes(above) || above === '/' ? [] : [...parents(above, folders), above];
}

/** Resolves a relative import, such as `..lib.text`, to a path. */
function relative(path: string, module: string): string {
  const [, dots = '', rest = ''] = /^(\.+)(.*)$/.exec(module) ?? [];
  const up = Array.from({ length: dots.length - 1 }, () => '..');
  return posix.join(posix.dirname(path), ...up, ...rest.split('.'));
}

/** Top-level names in the project: files, and folders with code. */
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

/** Imports that will certainly fail, and imports to check. */
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
    // Without a lockfile, another package might install it.
    const known = whole || (installed.size === 0 && !opaque);
    if (kept !== undefined && when === 'sure' && known)
      problems.push({
        found: foundText(`${found}, which only ${kept.where} declares`),
        accepted: 'imports of packages that are installed in the image',
        fix: kept.fix,
      });
    else if (installed.size === 0 && !opaque && when === 'sure')
      problems.push({
        found: foundText(`${found}, and no package is declared`),
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
