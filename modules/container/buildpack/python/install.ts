import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { quoted } from '../../builder/build-specification';
import { pathBelow } from '../included-files';
import type { Settings } from './groups';
import { type Installation, PIP_INSTALL, UV } from './installation';
import type { Manifest } from './manifest';
import type { Target } from './marker';
import { pdm } from './pdm';
import { pipenv } from './pipenv';
import { poetry } from './poetry';
import { normalName } from './requirement';
import { requirementsFile } from './requirements-file';
import { script } from './script';
import { listAt, type Table, tableAt, textAt } from './toml';
import { uv } from './uv';
import { compareVersions } from './version';

/**
 * How the packages of a manifest are installed in the image.
 *
 * @param secrets names of the build secrets
 */
export function installationOf(
  manifest: Manifest,
  settings: Settings,
  target: Target,
  secrets: readonly string[],
): Installation {
  const installation = byKind(manifest, settings, target, secrets);
  if (installation.tool === undefined || compareVersions(target.version, OLDEST_OF_UV) >= 0) return installation;
  const finding = {
    found: `Python ${target.version}, which uv does not install packages for`,
    accepted: `Python ${OLDEST_OF_UV} and newer`,
    fix: 'use a newer pythonVersion, or list the packages in a requirements.txt, which pip installs',
  };
  return { ...installation, problems: [...(installation.problems ?? []), finding] };
}

const OLDEST_OF_UV = '3.8';

function byKind(manifest: Manifest, settings: Settings, target: Target, secrets: readonly string[]): Installation {
  const { folder } = manifest;
  switch (manifest.kind) {
    case 'none':
      return { folder, commands: [], distributions: { installed: new Set(), withheld: new Map() } };
    case 'script':
      return script(folder, manifest.metadata);
    case 'setup':
      return setup(folder);
    case 'requirements': {
      const installation = requirementsFile(manifest.path, folder, settings.packageManager === 'uv');
      const more = manifest.setup && setupDeclares(folder) ? setup(folder).fromSources : [];
      const opaque = installation.distributions.opaque === true || (more ?? []).length > 0;
      return {
        ...installation,
        fromSources: [...(installation.fromSources ?? []), ...(more ?? [])],
        distributions: { ...installation.distributions, opaque },
      };
    }
    case 'pylock':
      return pylock(manifest.path, manifest.lock, folder);
    case 'pipenv':
      return pipenv(folder, manifest.pipfile, manifest.lock, settings, target);
    case 'poetry':
      return poetry(folder, manifest.pyproject, manifest.lock, settings, target, secrets);
    case 'pdm':
      return pdm(folder, manifest.pyproject, manifest.lock, settings, target);
    case 'uv':
      return uv(manifest, settings, target);
  }
}

/** The dependencies of `setup.py` are known only when it runs, and it needs the sources to run. */
function setup(folder: string): Installation {
  return {
    folder,
    commands: [],
    fromSources: [`${PIP_INSTALL} --editable .`],
    kept: namedFiles(folder),
    distributions: { installed: new Set(), withheld: new Map(), opaque: true },
  };
}

/** Files in `setup.py` or `setup.cfg` that it reads when it runs, such as a README that `.dockerignore` excludes. */
function namedFiles(folder: string): string[] {
  return ['setup.py', 'setup.cfg'].flatMap((name) => {
    const path = join(folder, name);
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const names = [...text.matchAll(/(?:["']|file:\s*)([\w-][\w./-]*\.(?:md|rst|txt|in|cfg|toml))\b/g)];
    return names.map(([, named = '']) => join(folder, named)).filter((one) => existsSync(one));
  });
}

/** Whether `setup.py` or `setup.cfg` declares packages, not counting those that it reads from requirements.txt. */
function setupDeclares(folder: string): boolean {
  return ['setup.py', 'setup.cfg'].some((name) => {
    const path = join(folder, name);
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    return /\binstall_requires\b/.test(text) && !/requirements[\w.-]*\.txt/.test(text);
  });
}

/** @see https://packaging.python.org/en/latest/specifications/pylock-toml/ */
function pylock(path: string, lock: Table, folder: string): Installation {
  const packages = listAt(lock, 'packages');
  const local = packages.flatMap((one) =>
    ['directory', 'archive', 'vcs'].flatMap((kind) => textAt(tableAt({ one }, 'one', kind), 'path') ?? []),
  );
  const name = quoted(pathBelow(folder, path) ?? path);
  const install = `uv pip install --no-cache --python /venv/bin/python -r ${name}`;
  return {
    folder,
    manifests: [{ path }],
    // Local packages are built from sources.
    tool: UV,
    commands: local.length > 0 ? [] : [install],
    fromSources: local.length > 0 ? [install] : [],
    beside: local.map((one) => resolve(folder, one)),
    kept: [path],
    distributions: {
      installed: new Set(packages.map((one) => normalName(textAt(one, 'name') ?? ''))),
      withheld: new Map(),
    },
  };
}
