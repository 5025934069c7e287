import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { acceptedOptions } from '../../../problems/accepted';
import { formatFound, foundValue } from '../../../problems/found';
import type { Finding } from '../../../problems/problem';
import { baseRelease, offeredVersions } from '../../../rules/base-images';
import { chooseVersion, type VersionRequirement } from '../chosen-version';
import type { BuildpackSource } from '../language';
import { repositoryFolder, upward } from '../repository';
import type { Manifest } from './manifest';
import { listAt, readToml, type Table, tableAt, textAt } from './toml';
import { inRange } from './version';

/** The Python version of the job: `3.12`, and with its patch number. */
export interface PythonVersion {
  readonly minor: string;
  readonly full: string;
}

/** The version in the config, else the project's, else the default. */
export function pythonVersion(
  source: BuildpackSource,
  manifest: Manifest,
): PythonVersion | { readonly finding: Finding; readonly ofSetting: boolean } {
  const { properties, distribution } = source;
  const value = properties.languageSpecificConfig?.pythonVersion;
  const { asked, declared } = versionRequirements(source, manifest);
  const chosen = chooseVersion('Python', distribution, { name: 'pythonVersion', value }, [...asked, ...declared]);
  if ('finding' in chosen) return chosen;
  const version = { minor: chosen.version, full: baseRelease('Python', chosen.version) };
  // An installer that checks the range refuses any other version.
  const refused = value === undefined ? undefined : declared.find((wish) => !wish.accepts(chosen.version));
  if (refused === undefined || !READ_BY_INSTALLERS.includes(manifest.kind)) return version;
  const fitting = offeredVersions('Python', distribution).filter((one) => declared.every((wish) => wish.accepts(one)));
  const accepted = fitting.length === 0 ? { accepted: 'a version that both name' } : acceptedOptions(fitting);
  const finding = {
    found: foundValue(value, `, and ${refused.found}`),
    ...accepted,
    fix: 'change one of the two, or remove pythonVersion',
  };
  return { finding, ofSetting: true };
}

/** The versions that the project asks for in its pins, and those that its manifest accepts. */
export function versionRequirements(source: Pick<BuildpackSource, 'entry' | 'baseDir'>, manifest: Manifest) {
  return {
    asked: pinnedRequirement(manifest.folder, repositoryFolder(source)) ?? [],
    declared: manifestWishes(manifest),
  };
}

/** Kinds of manifests whose installer checks the Python version. */
const READ_BY_INSTALLERS: readonly Manifest['kind'][] = ['uv', 'setup'];

/** The version that a file in the project's folder or a parent pins. The nearest file takes precedence. */
function pinnedRequirement(folder: string, highest: string): VersionRequirement[] | undefined {
  for (const one of upward(folder, highest)) {
    for (const [name, read] of PINS) {
      const path = join(one, name);
      if (!existsSync(path)) continue;
      const wanted = read(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''), path);
      if (wanted.length === 0) continue;
      const wish = { found: `${name}, which says ${wanted.map(formatFound).join(', ')}` };
      // With several lines, the first version is the active one, and the others are for tests.
      return [{ ...wish, accepts: (version) => isVersion(wanted[0] ?? '', version) }];
    }
  }
  return undefined;
}

const PINS: readonly (readonly [name: string, read: (text: string, path: string) => string[]])[] = [
  ['.python-version', (text) => lines(text).flatMap((line) => line.split(/\s+/))],
  ['runtime.txt', (text) => lines(text).filter((line) => /^python/i.test(line))],
  ['.tool-versions', (text) => lines(text).flatMap((line) => /^python\s+(\S+)/.exec(line)?.[1] ?? [])],
  ['mise.toml', mise],
  ['.mise.toml', mise],
];

function lines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/#.*$/, '').trim())
    .filter((line) => line !== '');
}

function mise(text: string, path: string): string[] {
  const read = readToml(path, text);
  const tool = 'table' in read ? tableAt(read.table, 'tools').python : undefined;
  const [first] = Array.isArray(tool) ? tool : [tool];
  const version = typeof first === 'string' ? first : textAt(first, 'version');
  return version === undefined ? [] : [version];
}

/** Whether a pin such as `3.12`, `3.12.4`, `3`, `cpython-3.12`, `python-3.12.4` or `>=3.11` accepts a version. False for PyPy and others. */
function isVersion(wanted: string, version: string): boolean {
  // A virtual environment of pyenv is called `3.12.4/envs/name`.
  const plain = wanted
    .toLowerCase()
    .replace(/\/envs\/.*$/, '')
    .replace(/^(cpython|python)[-@]?/, '');
  if (/^(latest|system)$/.test(plain)) return true;
  if (/^[<>=~!^]/.test(plain)) return inRange(`${version}.99`, plain) === true;
  const parts = /^(\d+)(?:\.(\d+))?(?:\.\d+)?(?:-dev)?$/.exec(plain);
  if (parts === null) return false;
  return version === `${parts[1]}.${parts[2]}` || (parts[2] === undefined && version.startsWith(`${parts[1]}.`));
}

/** The version in the manifest. */
function manifestWishes(manifest: Manifest): VersionRequirement[] {
  switch (manifest.kind) {
    case 'script':
      return rangeRequirement('the script', 'requires-python', textAt(manifest.metadata, 'requires-python'));
    case 'pylock':
      return rangeRequirement('pylock.toml', 'requires-python', textAt(manifest.lock, 'requires-python'));
    case 'pipenv': {
      const requires = tableAt(manifest.pipfile, 'requires');
      const wanted = textAt(requires, 'python_full_version') ?? textAt(requires, 'python_version');
      if (wanted === undefined) return [];
      return [
        { found: `the Pipfile, which says ${formatFound(wanted)}`, accepts: (version) => isVersion(wanted, version) },
      ];
    }
    case 'poetry':
    case 'pdm':
    case 'uv':
      return [
        ...projectWishes(manifest.pyproject),
        ...(manifest.kind === 'uv'
          ? rangeRequirement('uv.lock', 'requires-python', textAt(manifest.lock, 'requires-python'))
          : []),
      ];
    default:
      return folderWishes(manifest.folder);
  }
}

function projectWishes(pyproject: Table): VersionRequirement[] {
  const standard = textAt(pyproject.project, 'requires-python');
  const poetry = tableAt(pyproject, 'tool', 'poetry', 'dependencies').python;
  const ranges = typeof poetry === 'string' ? [poetry] : listAt({ poetry }, 'poetry').map(String);
  return [
    ...rangeRequirement('pyproject.toml', 'requires-python', standard),
    ...ranges.flatMap((range) => rangeRequirement('pyproject.toml', 'python', range)),
  ];
}

/** The version in a `pyproject.toml` or `setup.cfg` next to a requirements file. */
function folderWishes(folder: string): VersionRequirement[] {
  const path = join(folder, 'pyproject.toml');
  const read = existsSync(path) ? readToml(path) : undefined;
  const project = read !== undefined && 'table' in read ? projectWishes(read.table) : [];
  const setup = join(folder, 'setup.cfg');
  const [, range] = (existsSync(setup) && /^python_requires\s*=\s*(.+)$/m.exec(readFileSync(setup, 'utf8'))) || [];
  return [...project, ...rangeRequirement('setup.cfg', 'python_requires', range?.trim())];
}

function rangeRequirement(file: string, key: string, range: string | undefined): VersionRequirement[] {
  if (range === undefined) return [];
  const bare = /^\d+\.\d+$/.test(range.trim());
  const accepts = (version: string) =>
    // Compares the newest patch version of each, which is the one in the base images.
    bare
      ? isVersion(range.trim(), version)
      : (inRange(`${version}.99`, range) ?? true) || inRange(`${version}.0`, range) === true;
  return [{ found: `${file}, which says ${key} = ${formatFound(range)}`, accepts }];
}
