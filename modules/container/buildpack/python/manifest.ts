import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { globSync } from 'tinyglobby';
import { asObject } from '../../../orchestration/trigger/json';
import { foundValue } from '../../../problems/found';
import type { Finding } from '../../../problems/problem';
import { pathProblem } from '../../source-files';
import { pathBelow } from '../included-files';
import type { BuildpackSource } from '../language';
import { commonFolder, repositoryFolder, upward } from '../repository';
import { declares, declaresPackages, fits, isCompiled, isEmpty, isPoetry, isSetup, readsFiles } from './declares';
import {
  CONDA,
  condaProblem,
  NO_PIPFILE_LOCK,
  NO_POETRY_LOCK,
  NO_UV_LOCK,
  several,
  unreadable,
} from './manifest-problems';
import { scriptMetadata } from './script';
import { readToml, stringsAt, type Table, tableAt } from './toml';

/** The file that declares a project's packages. */
export type Manifest = { readonly folder: string } & (
  | { readonly kind: 'none' }
  | { readonly kind: 'script'; readonly metadata: Table }
  | { readonly kind: 'requirements'; readonly path: string; readonly setup: boolean }
  | { readonly kind: 'setup' }
  | { readonly kind: 'pylock'; readonly path: string; readonly lock: Table }
  | { readonly kind: 'poetry' | 'pdm'; readonly pyproject: Table; readonly lock: Table }
  | { readonly kind: 'pipenv'; readonly pipfile: Table; readonly lock: Table }
  | {
      readonly kind: 'uv';
      readonly pyproject: Table;
      readonly workspace: string;
      readonly root: Table;
      readonly lock?: Table;
    }
);

export type Found =
  | { readonly manifest: Manifest; readonly notes: readonly string[] }
  | { readonly problem: Finding; readonly named: boolean };

/** Lockfiles, and the manifest of each. */
const LOCKFILES: { readonly [name: string]: string } = {
  'uv.lock': 'pyproject.toml',
  'poetry.lock': 'pyproject.toml',
  'pdm.lock': 'pyproject.toml',
  'Pipfile.lock': 'Pipfile',
};

/** Finds the file that declares the packages of the entry file's project. */
export function findManifest(source: BuildpackSource): Found {
  const { entry, properties, baseDir } = source;
  const given = properties.languageSpecificConfig?.packageManagerFile;
  if (given !== undefined) {
    const problem = pathProblem(given, resolve(baseDir, given), 'file');
    if (problem !== undefined) return { problem, named: true };
    return named(resolve(baseDir, given), source);
  }
  const highest = repositoryFolder(source);
  const metadata = scriptMetadata(entry);
  const folders = upward(dirname(entry), highest);
  if (metadata !== undefined)
    return { manifest: { kind: 'script', folder: marked(folders) ?? dirname(entry), metadata }, notes: [] };
  for (const folder of folders) {
    const found = inFolder(folder, highest);
    if (found !== undefined) return found;
  }
  return { manifest: { kind: 'none', folder: marked(folders) ?? dirname(entry) }, notes: [] };
}

/** The nearest folder with a file that identifies a Python project, even if it declares no packages. */
function marked(folders: readonly string[]): string | undefined {
  return folders.find((folder) =>
    ['pyproject.toml', 'setup.cfg', 'tox.ini', '.python-version'].some((name) => existsSync(join(folder, name))),
  );
}

/** The file that declares packages in a folder. Undefined if there is none. */
function inFolder(folder: string, highest: string): Found | undefined {
  const has = (name: string) => existsSync(join(folder, name));
  const read = has('pyproject.toml') ? readToml(join(folder, 'pyproject.toml')) : undefined;
  if (read !== undefined && 'problem' in read) return { problem: read.problem, named: false };
  const pyproject = read?.table;
  const locks = Object.keys(LOCKFILES).filter((name) => has(name) && fits(name, pyproject));
  if (has('pylock.toml')) locks.push('pylock.toml');
  if (locks.length > 1) return { problem: several(locks), named: false };
  const [lock] = locks;
  if (lock !== undefined) return locked(folder, lock);
  const requirements = ['requirements.txt'].find(has);
  if (pyproject !== undefined && declares(pyproject)) {
    // pip-tools or uv generated it from the project, so it is a lockfile.
    if (requirements !== undefined && isCompiled(join(folder, requirements))) return plain(folder, requirements);
    if (requirements !== undefined && !declaresPackages(pyproject) && !isEmpty(join(folder, requirements)))
      return plain(folder, requirements);
    return ofPyproject(folder, pyproject, highest, requirements);
  }
  if (has('Pipfile')) return { problem: NO_PIPFILE_LOCK, named: false };
  if (requirements !== undefined) return plain(folder, requirements);
  if (has('setup.py') || isSetup(join(folder, 'setup.cfg'))) return { manifest: { kind: 'setup', folder }, notes: [] };
  const conda = CONDA.find(has);
  if (conda !== undefined) return { problem: condaProblem(conda), named: false };
  return undefined;
}

function ofPyproject(folder: string, pyproject: Table, highest: string, requirements: string | undefined): Found {
  if (
    isPoetry(pyproject) &&
    Object.keys(tableAt(pyproject, 'tool', 'poetry', 'dependencies')).some((name) => name !== 'python')
  )
    return { problem: NO_POETRY_LOCK, named: false };
  const workspace = workspaceOf(folder, pyproject, highest);
  if (workspace !== undefined && workspace.lock === undefined) return { problem: NO_UV_LOCK, named: false };
  const notes =
    requirements === undefined || isEmpty(join(folder, requirements)) || readsFiles(pyproject)
      ? []
      : [
          `the packages of pyproject.toml are installed, and not those of ${requirements}. To install the latter, set packageManagerFile to it`,
        ];
  return {
    manifest: { kind: 'uv', folder, pyproject, ...(workspace ?? { workspace: folder, root: pyproject }) },
    notes,
  };
}

/** The uv workspace that a folder is the root or a member of. */
function workspaceOf(folder: string, pyproject: Table, highest: string) {
  for (const workspace of upward(folder, highest)) {
    const path = join(workspace, 'pyproject.toml');
    const read = workspace === folder ? { table: pyproject } : existsSync(path) ? readToml(path) : undefined;
    if (read === undefined || 'problem' in read) continue;
    const own = tableAt(read.table, 'tool', 'uv', 'workspace');
    if (!('workspace' in tableAt(read.table, 'tool', 'uv'))) continue;
    if (workspace !== folder && !members(workspace, own).includes(folder)) continue;
    const lock = existsSync(join(workspace, 'uv.lock')) ? readToml(join(workspace, 'uv.lock')) : undefined;
    return { workspace, root: read.table, ...(lock !== undefined && 'table' in lock && { lock: lock.table }) };
  }
  return undefined;
}

function members(workspace: string, settings: Table): string[] {
  const patterns = stringsAt(settings, 'members').map((pattern) => `${pattern.replace(/\/$/, '')}/pyproject.toml`);
  const ignore = stringsAt(settings, 'exclude').map((pattern) => `${pattern.replace(/\/$/, '')}/**`);
  return globSync(patterns, { cwd: workspace, ignore }).map((path) => dirname(join(workspace, path)));
}

function locked(folder: string, name: string): Found {
  const path = join(folder, name);
  const problemOf = (problem: Finding): Found => ({ problem, named: false });
  if (name === 'Pipfile.lock') {
    const lock = readJson(path);
    if (lock === undefined) return problemOf(unreadable(name));
    const pipfile = existsSync(join(folder, 'Pipfile')) ? readToml(join(folder, 'Pipfile')) : { table: {} };
    return 'problem' in pipfile
      ? problemOf(pipfile.problem)
      : { manifest: { kind: 'pipenv', folder, pipfile: pipfile.table, lock }, notes: [] };
  }
  const lock = readToml(path);
  if ('problem' in lock) return problemOf(lock.problem);
  if (/^pylock\./.test(name)) return { manifest: { kind: 'pylock', folder, path, lock: lock.table }, notes: [] };
  const pyproject = readToml(join(folder, 'pyproject.toml'));
  if ('problem' in pyproject) return problemOf(pyproject.problem);
  if (name === 'uv.lock') {
    const project = { pyproject: pyproject.table, workspace: folder, root: pyproject.table, lock: lock.table };
    return { manifest: { kind: 'uv', folder, ...project }, notes: [] };
  }
  const kind = name === 'poetry.lock' ? 'poetry' : 'pdm';
  return { manifest: { kind, folder, pyproject: pyproject.table, lock: lock.table }, notes: [] };
}

function readJson(path: string): Table | undefined {
  try {
    return asObject(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

function plain(folder: string, name: string): Found {
  const setup = existsSync(join(folder, 'setup.py')) || isSetup(join(folder, 'setup.cfg'));
  return { manifest: { kind: 'requirements', folder, path: join(folder, name), setup }, notes: [] };
}

/** The manifest in `packageManagerFile`. */
function named(path: string, source: BuildpackSource): Found {
  const [folder, name] = [dirname(path), basename(path)];
  const highest = repositoryFolder(source);
  const fault = (problem: Finding): Found => ({ problem, named: true });
  if (CONDA.includes(name)) return fault(condaProblem(name));
  if (/\.(txt|in)$/.test(name)) {
    // Requirements files are often in a separate folder, so this is not necessarily the project's folder.
    const project = commonFolder([folder, dirname(source.entry)]);
    return { manifest: { kind: 'requirements', folder: project, path, setup: false }, notes: [] };
  }
  const own = dirname(source.entry);
  if (pathBelow(folder, own) === undefined) {
    const found = foundValue(
      source.properties.languageSpecificConfig?.packageManagerFile,
      ', the manifest of another project',
    );
    return fault({
      found,
      accepted: "a manifest at or above the entry file's folder",
      fix: 'name the manifest of the project that the entry file is in',
    });
  }
  if (name === 'setup.py' || name === 'setup.cfg') return { manifest: { kind: 'setup', folder }, notes: [] };
  if (name in LOCKFILES || /^pylock\.([\w-]+\.)?toml$/.test(name)) {
    const found = locked(folder, name);
    return 'problem' in found ? fault(found.problem) : name === 'uv.lock' ? ofMember(found, own) : found;
  }
  if (name === 'Pipfile')
    return existsSync(join(folder, 'Pipfile.lock')) ? locked(folder, 'Pipfile.lock') : fault(NO_PIPFILE_LOCK);
  if (name !== 'pyproject.toml') {
    const accepted =
      'pyproject.toml, Pipfile, requirements.txt or another .txt file, setup.py, setup.cfg, or a lockfile of uv, Poetry, PDM or Pipenv';
    return fault({ found: foundValue(name), accepted, fix: 'name one of these, or remove the property' });
  }
  const read = readToml(path);
  if ('problem' in read) return fault(read.problem);
  const locks = Object.keys(LOCKFILES).filter(
    (one) => LOCKFILES[one] === name && existsSync(join(folder, one)) && fits(one, read.table),
  );
  if (locks.length > 1) return fault(several(locks));
  if (locks[0] !== undefined) {
    const found = locked(folder, locks[0]);
    return 'problem' in found ? fault(found.problem) : locks[0] === 'uv.lock' ? ofMember(found, own) : found;
  }
  if (!declares(read.table)) {
    const beside = existsSync(join(folder, 'requirements.txt'));
    return fault({
      found: foundValue(
        name,
        ', which declares no project: it has neither [project] nor the tables of another packager',
      ),
      accepted: 'a file that declares the packages',
      fix: beside
        ? 'name requirements.txt, or remove the property'
        : 'name the file that declares them, or remove the property',
    });
  }
  const found = ofPyproject(folder, read.table, highest, undefined);
  return 'problem' in found ? fault(found.problem) : found;
}

/** The workspace member that contains the entry file, or else the root. */
function ofMember(found: Extract<Found, { manifest: unknown }>, own: string): Found {
  const { manifest } = found;
  if (manifest.kind !== 'uv') return found;
  const settings = tableAt(manifest.root, 'tool', 'uv', 'workspace');
  const folder = upward(own, manifest.folder).find((one) => members(manifest.folder, settings).includes(one));
  if (folder === undefined) return found;
  const read = readToml(join(folder, 'pyproject.toml'));
  return 'problem' in read
    ? { problem: read.problem, named: false }
    : { ...found, manifest: { ...manifest, folder, pyproject: read.table } };
}
