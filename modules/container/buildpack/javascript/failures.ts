import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Message } from 'esbuild';
import { formatFound } from '../../../config/problem';
import type { PackagingProblem } from '../../build-context';
import type { BuildpackSource } from '../language';
import { nearestManifest, readManifest } from './manifest';
import { howDeclared, packageName, packageOf } from './package-folder';
import { isNative } from './packages/native';

/** What to do about what kept a bundle from being made. */
export interface Failure {
  /** Packages that are to stay out, and why. */
  readonly keptOut: ReadonlyMap<string, string>;
  /** Packages that are not installed, and that code may do without. */
  readonly absent: readonly string[];
  readonly problems: readonly PackagingProblem[];
}

/** Sorts the bundler's errors: what is wrong inside of packages is left to Node.js, which is what they are written for. */
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
      keptOut.set(owner.name, isNative(owner.folder) ? 'it has a binary' : `its code does not bundle: ${error.text}`);
      continue;
    }
    const declared = howDeclared(readManifest(owner.folder) ?? {}, name);
    const isScheme = /^[a-z]+:/.test(missing);
    if (declared === 'optional' || isScheme || (declared === 'not' && isLate(error)))
      absent.add(isScheme ? missing : name);
    else if (isInstalled(name, owner.folder)) keptOut.set(owner.name, `its code does not bundle: ${error.text}`);
    else faults.push({ line: messageLine(error), fix: missingFix(name, `which ${owner.name} needs`) });
  }
  const problems = faults.length === 0 ? [] : [problem(faults, properties.entryfilePath)];
  return { keptOut, absent: [...absent], problems };
}

function problem(faults: readonly { line: string; fix: string }[], entryfilePath: string): PackagingProblem {
  return {
    property: ['entryfilePath'],
    found: [`${formatFound(entryfilePath)}, which does not bundle:`, ...new Set(faults.map(({ line }) => line))].join(
      '\n',
    ),
    accepted: 'a file whose code and imports bundle',
    fix: [...new Set(faults.map(({ fix }) => fix))].join('; '),
  };
}

/** A message of the bundler with its place. */
export function messageLine({
  text,
  location,
  notes,
}: Pick<Message, 'text' | 'location'> & { notes?: Message['notes'] }): string {
  const [why] = notes?.filter((note) => /not exported|"exports"|condition/.test(note.text)) ?? [];
  const all = why === undefined ? text : `${text} (${why.text.replace(/[:.]$/, '')})`;
  return location === null ? all : `${location.file}:${location.line}:${location.column + 1}: ${all}`;
}

/** The import that did not resolve. */
function missingImport({ text }: Message): string | undefined {
  return /^Could not resolve "(.+)"$/.exec(text)?.[1];
}

/** Whether an import is reached only when the code around it runs: `require(...)` or `import(...)`. */
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
  const { text } = error;
  if (missing !== undefined) {
    const name = packageName(missing);
    if (name === undefined)
      return missing.startsWith('#') ? 'correct "imports" of the package.json' : "correct the import's path";
    if (/^(@|~|src)\//.test(missing))
      return 'correct the import, or name the tsconfig.json with its paths in languageSpecificConfig.tsConfigPath';
    if (isInstalled(name, resolve(entry, '..')))
      return `correct the import: "${name}" is installed and has no such file, or name it in languageSpecificConfig.dependenciesToExcludeFromBundle`;
    return missingFix(name, 'which the code imports', nearestManifest(entry));
  }
  if (/^Could not resolve (import|require)\(/.test(text))
    return 'write the path with the ending that the files have, or name them in includeFiles and import them by their path at run time';
  if (text.startsWith('No loader is configured'))
    return 'name the file in includeFiles and read it by node:fs, or import it with { type: "text" } or { type: "bytes" }';
  if (text.startsWith('Top-level await'))
    return "set languageSpecificConfig.outputModuleFormat to 'esm', or put the code into a function";
  if (/require.*top-level await|top-level await.*require/i.test(text))
    return 'import that file with `import` instead of require()';
  return 'correct it there';
}

function missingFix(name: string, why: string, manifest?: object): string {
  const listed = manifest !== undefined && howDeclared({ ...manifest }, name) !== 'not';
  const install = listed ? `install what package.json lists, "${name}" too` : `install "${name}", ${why}`;
  return `${install}, or name it in excludeDependencies if the job does without it`;
}
