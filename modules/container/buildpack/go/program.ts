import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { foundValue } from '../../../problems/found';
import type { PackagingProblem } from '../../build-context';
import { pathFrom } from '../included-files';
import type { BuildpackSource } from '../language';
import { isForeign, packageFiles } from './packages';
import { counts, type GoArchitecture, type GoSource, goSource } from './source-file';
import type { GoModules } from './workspace';

/** The arguments of `go build`. */
export interface GoProgram {
  /** The files of the entry file's package, by name. */
  readonly files: ReadonlyMap<string, GoSource>;
  /** Folder of a package, or files, relative to the module's folder. */
  readonly targets: readonly string[];
}

/** The program that contains the entry file, or why there is none. */
export function goProgram(
  { entry, properties }: BuildpackSource,
  { folder: module, main }: Pick<GoModules, 'folder' | 'main'>,
  architecture: GoArchitecture,
): GoProgram | { readonly problems: readonly PackagingProblem[] } {
  const [folder, name] = [dirname(entry), basename(entry)];
  const own = goSource(readFileSync(entry, 'utf8'));
  const others = new Map([...packageFiles(folder, architecture)].filter(([one]) => one !== name));
  // A file that Go ignores, or one of several programs in a folder, is built by its name.
  const isIgnored = own.constraint !== undefined && /\bignore\b/.test(own.constraint);
  const beside = new Map([...others].filter(([, source]) => source.packageName === 'main' && !source.hasMain));
  const isOneOfMany = own.hasMain && [...others.values()].some((source) => source.hasMain);
  const files = new Map([[name, own], ...(isIgnored || isOneOfMany ? [] : main === undefined ? beside : others)]);
  const problem = programProblem(name, own, files, isIgnored || counts(name, own, architecture));
  if (problem !== undefined) {
    const found = foundValue(properties.entryfilePath, `: ${problem.found}`);
    return { problems: [{ property: ['entryfilePath'], accepted: 'a file of a package main', ...problem, found }] };
  }
  const imported =
    main === undefined ? [...files.values()].flatMap(({ imports }) => imports).find(isForeign) : undefined;
  if (imported !== undefined) {
    const found = foundValue(properties.entryfilePath, `, which imports ${imported}, and no go.mod at or above it`);
    const fix = 'run go mod init and go mod tidy';
    return { problems: [{ property: ['entryfilePath'], found, accepted: 'a file of a Go module', fix }] };
  }
  const below = pathFrom(module, folder);
  const inFolder = (file: string) => `./${below === '' ? '' : `${below}/`}${file}`;
  const isPackage = main !== undefined && !isIgnored && !isOneOfMany;
  return { files, targets: isPackage ? [below === '' ? '.' : `./${below}`] : [...files.keys()].map(inFolder) };
}

function programProblem(name: string, own: GoSource, files: ReadonlyMap<string, GoSource>, isCounted: boolean) {
  if (name.endsWith('_test.go')) return { found: 'a test', fix: 'set the file that the job starts with' };
  if (own.packageName !== 'main') {
    const found = own.packageName === undefined ? 'no package clause' : `package ${own.packageName}`;
    return { found, fix: 'set a file of package main, because Go builds programs only from it' };
  }
  if (!isCounted) {
    const found = `excluded on Linux by its ${own.constraint === undefined ? 'name' : `//go:build ${own.constraint}`}`;
    return { found, fix: 'set a file that Go builds for Linux' };
  }
  if ([...files.values()].some(({ hasMain }) => hasMain)) return undefined;
  return { found: 'no func main in its package', fix: 'add func main, or set a file of the package that has it' };
}
