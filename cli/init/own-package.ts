import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** This package as it is published. */
export interface OwnPackage {
  /** The folder that it is in. */
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/** The package.json of this package, in a folder above this file. The compiled file is one folder deeper than the source. */
export function ownPackage(): OwnPackage {
  for (const up of ['../..', '../../..']) {
    const folder = resolve(__dirname, up);
    const file = join(folder, 'package.json');
    if (existsSync(file)) return { folder, ...JSON.parse(readFileSync(file, 'utf8')) };
  }
  throw new Error('the package has no package.json');
}

/**
 * The value for this package in a project's package.json: its version, or the file, folder or URL that it was installed from. A package
 * that was installed like that might be in no registry.
 */
export function ownRange({ folder, name, version }: OwnPackage, project: string): string {
  const installation = installationOf(folder);
  const range = installation === undefined ? undefined : rangeIn(installation, name);
  if (installation === undefined || range === undefined || !isPlace(range)) return `^${version}`;
  if (!range.startsWith('file:')) return range;
  return `file:${relative(project, resolve(installation, range.slice('file:'.length)))
    .split(sep)
    .join('/')}`;
}

/** The folder whose package.json this package was installed for. */
function installationOf(folder: string): string | undefined {
  const [before] = folder.split(join(sep, 'node_modules', '.pnpm', sep));
  if (before !== undefined && before !== folder) return before;
  const modules = dirname(folder);
  return modules.endsWith(join(sep, 'node_modules')) ? dirname(modules) : undefined;
}

function rangeIn(folder: string, name: string): string | undefined {
  try {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return dependencies?.[name] ?? devDependencies?.[name];
  } catch {
    return undefined;
  }
}

/** Whether it is a location instead of a version range: `file:`, `https:`, `git+ssh:`, `github:`. */
function isPlace(range: string): boolean {
  return /^[a-z+]+:/.test(range) && !/^(npm|workspace|catalog|link|portal):/.test(range);
}
