import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { formatFound, foundValue } from '../../../problems/found';
import type { Finding } from '../../../problems/problem';
import type { PackagingProblem } from '../../build-context';
import type { BuildpackSource } from '../language';
import type { Project } from '../project';
import { sourceImports } from './source-imports';

/** Pinned servers for applications. They listen on port 8000. */
const SERVERS = {
  WSGI: ['gunicorn', '--bind', '0.0.0.0:8000'],
  ASGI: ['uvicorn', '--host', '0.0.0.0', '--port', '8000'],
} as const;

/** How the job starts. */
export interface Target {
  /** Arguments for the start program. */
  readonly words: readonly string[];
  /** Folders of modules, relative to the root, in search order. The folder of the entry file is searched as well. */
  readonly searched: readonly string[];
  /** Folder of the entry file, relative to the root. @default none: the entry is run as a module */
  readonly own?: string;
  /** Problems that prevent the start. @default none */
  readonly problem?: Finding;
}

export function functionProblems(source: BuildpackSource): PackagingProblem[] {
  const { entryfilePath, languageSpecificConfig } = source.properties;
  const { object: name } = source;
  if (name === undefined) {
    if (languageSpecificConfig?.runAppAs === undefined) return [];
    const accepted = 'a file and the application in it, such as job/app.py:app';
    const fix = `add the application's name: ${entryfilePath}:app`;
    return [{ property: ['entryfilePath'], found: foundValue(entryfilePath), accepted, fix }];
  }
  const text = readFileSync(source.entry, 'utf8');
  const [first = ''] = name.split(/[.(]/);
  if (new RegExp(`\\b${first.replace(/\W/g, '\\$&')}\\b`).test(text) || /import\s+\*/.test(text)) return [];
  const found = foundValue(entryfilePath, `: nothing in the file is called ${formatFound(first)}`);
  return [
    { property: ['entryfilePath'], found, accepted: 'a function of the file', fix: 'correct the name after the colon' },
  ];
}

/**
 * Runs the file like `python FILE`. A file with relative imports, which would fail, runs like `python -m PACKAGE.MODULE`.
 *
 * @param folder of the project, relative to the root
 */
export function entryTarget(source: BuildpackSource, { entry, files }: Project, folder: string): Target {
  const { runAppAs } = source.properties.languageSpecificConfig ?? {};
  const below = folder === '' ? entry : entry.slice(folder.length + 1);
  const isSource = (path: string) => path.startsWith(posix.join(folder, 'src/')) && path.endsWith('.py');
  const isLayout =
    files.some(({ path }) => isSource(path)) &&
    !files.some(({ path }) => path === posix.join(folder, 'src/__init__.py'));
  const searched = [folder, ...(isLayout ? [posix.join(folder, 'src')] : [])];
  const module = (isLayout ? below.replace(/^src\//, '') : below).replace(/\.py$/, '').replace(/\//g, '.');
  const { object: name } = source;
  const relative = sourceImports(readFileSync(source.entry, 'utf8')).some(
    (one) => one.when === 'sure' && one.module.startsWith('.'),
  );
  const isInPackage = module.includes('.');
  const isModule = /^[\w.]+$/.test(module) && isInPackage;
  // A file that is run directly has no package, and neither does a top-level module.
  const isLost = relative && !(name === undefined ? isModule : isInPackage);
  const problem = isLost ? { problem: lost(source.properties.entryfilePath, isInPackage) } : {};
  if (runAppAs !== undefined) return { words: ['-m', ...SERVERS[runAppAs], `${module}:${name}`], searched, ...problem };
  if (name !== undefined) return { words: [`${below}:${name}`], searched, own: posix.dirname(entry), ...problem };
  if (isModule && relative) return { words: ['-m', module.replace(/\.__main__$/, '')], searched };
  return { words: [below], searched, own: posix.dirname(entry), ...problem };
}

function lost(file: string, isInPackage: boolean): Finding {
  return {
    found: foundValue(
      file,
      ` has an import that begins with a dot, and ${isInPackage ? 'its path is no name of a module' : 'lies in no package of the project'}`,
    ),
    accepted: 'such imports in a file of a package',
    fix: isInPackage
      ? 'import without the dot, or name the file and its folders with letters, digits and underscores alone'
      : 'import without the dot, or have the file that declares the packages in the folder above',
  };
}
