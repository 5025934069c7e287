import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Message } from 'esbuild';
import type { JsonObject } from '../../../orchestration/trigger/json';
import { formatFound } from '../../../problems/found';
import type { PackagingProblem } from '../../build-context';
import type { BuildpackSource } from '../language';
import { nearestManifest, readManifest } from './manifest';
import { howDeclared, packageName, packageOf } from './package-folder';
import { isNative } from './packages/native';

/** What to do about the errors of a bundle. */
export interface Failure {
  /** Packages that must stay out of the bundle, and why. */
  readonly keptOut: ReadonlyMap<string, string>;
  /** Packages that are not installed, and that their importers can do without. */
  readonly absent: readonly string[];
  readonly problems: readonly PackagingProblem[];
}

/** Sorts the bundler's errors. A package whose code does not bundle stays out, since Node.js can probably run it as it is. */
export function failure(errors: readonly Message[], root: string, { entry, properties }: BuildpackSource): Failure {
  const keptOut = new Map<string, string>();
  const absent = new Set<string>();
  const faults: { line: string; fix: string }[] = [];
  for (const error of errors) {
    const file = error.location && resolve(root, error.location.file);
    const owner = file ? packageOf(file) : undefined;
    const missing = missingImport(error);
    if (owner === undefined) {
      faults.push({ line: messageLine(error), fix: ownFix(error, missing, entry) });
      continue;
    }
    const name = missing === undefined ? undefined : packageName(missing);
    if (missing === undefined || name === undefined || name === owner.name || isNative(owner.folder)) {
      keptOut.set(owner.name, isNative(owner.folder) ? 'it has a binary' : `its code cannot be bundled: ${error.text}`);
      continue;
    }
    const declared = howDeclared(readManifest(owner.folder) ?? {}, name);
    const isScheme = /^[a-z]+:/.test(missing);
    if (declared === 'optional' || isScheme || (declared === 'not' && isLate(error)))
      absent.add(isScheme ? missing : name);
    else if (isInstalled(name, owner.folder)) keptOut.set(owner.name, `its code cannot be bundled: ${error.text}`);
    else faults.push({ line: messageLine(error), fix: missingFix(name, `which ${owner.name} needs`) });
  }
  const problems = faults.length === 0 ? [] : [problem(faults, properties.entryfilePath)];
  return { keptOut, absent: [...absent], problems };
}

function problem(faults: readonly { line: string; fix: string }[], entryfilePath: string): PackagingProblem {
  return {
    property: ['entryfilePath'],
    found: [`${formatFound(entryfilePath)}, which cannot be bundled:`, ...new Set(faults.map(({ line }) => line))].join(
      '\n',
    ),
    accepted: 'a file that can be bundled with its imports',
    fix: [...new Set(faults.map(({ fix }) => fix))].join('; '),
  };
}

/** A message of the bundler, with file, line and column. */
export function messageLine({
  text,
  location,
  notes,
}: Pick<Message, 'text' | 'location'> & { notes?: Message['notes'] }): string {
  const [why] = notes?.filter((note) => /not exported|"exports"|condition/.test(note.text)) ?? [];
  const all = why === undefined ? text : `${text} (${why.text.replace(/[:.]$/, '')})`;
  return location === null ? all : `${location.file}:${location.line}:${location.column + 1}: ${all}`;
}

/** The import that could not be resolved. */
function missingImport({ text }: Message): string | undefined {
  return /^Could not resolve "(.+)"$/.exec(text)?.[1];
}

/** Whether an import runs only when the code around it does: `require(...)` or `import(...)`. */
function isLate({ location }: Message): boolean {
  const before = Buffer.from(location?.lineText ?? '')
    .subarray(0, location?.column)
    .toString();
  return /(require|import|resolve)\s*\(\s*$/.test(before);
}

function isInstalled(name: string, folder: string): boolean {
  for (let above = folder; ; above = join(above, '..')) {
    if (existsSync(join(above, 'node_modules', name, 'package.json'))) return true;
    if (above === join(above, '..')) return false;
  }
}

function ownFix(error: Message, missing: string | undefined, entry: string): string {
  const { id, text } = error;
  if (id === 'bundler-ended')
    return 'synthesize again. If memory runs out again, set NODE_OPTIONS=--max-old-space-size=8192';
  if (missing !== undefined) {
    const name = packageName(missing);
    if (name === undefined)
      return missing.startsWith('#') ? 'correct "imports" in package.json' : 'correct the path of the import';
    if (/^(@|~|src)\//.test(missing))
      return 'correct the import, or set languageSpecificConfig.tsConfigPath to the tsconfig.json that maps it';
    if (isInstalled(name, resolve(entry, '..')))
      return `correct the import, since "${name}" is installed without such a file, or add "${name}" to languageSpecificConfig.dependenciesToExcludeFromBundle`;
    return missingFix(name, 'which the code imports', nearestManifest(entry));
  }
  if (/^Could not resolve (import|require)\(/.test(text))
    return 'write the path with the ending of the source files, or add the files to includeFiles and import them by path at run time';
  if (text.startsWith('No loader is configured'))
    return 'add the file to includeFiles and read it with node:fs, or import it with { type: "text" } or { type: "bytes" }';
  if (text.startsWith('Top-level await'))
    return "set languageSpecificConfig.outputModuleFormat to 'esm', or move the code into a function";
  if (/require.*top-level await|top-level await.*require/i.test(text))
    return 'import that file with import instead of require()';
  return 'correct the code at that line';
}

function missingFix(name: string, why: string, manifest?: JsonObject): string {
  const listed = manifest !== undefined && howDeclared(manifest, name) !== 'not';
  const install = listed ? `install the packages of package.json, which lists "${name}"` : `install "${name}", ${why}`;
  return `${install}, or add it to excludeDependencies if the job does not need it`;
}
