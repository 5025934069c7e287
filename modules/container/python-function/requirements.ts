import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { formatFound } from '../../problems/found';
import type { Finding } from '../../problems/problem';
import type { Installation } from '../buildpack/python/installation';
import type { Manifest } from '../buildpack/python/manifest';
import { stringsAt } from '../buildpack/python/toml';

/** The packages to install for a function. */
export interface Requirements {
  /** A requirements file, or its text. */
  readonly from: { readonly path: string } | { readonly text: string };
  /** Working folder of the installer, which paths in a file are relative to. */
  readonly folder: string;
  /** All that the installer reads. */
  readonly texts: readonly string[];
  /** Whether the list is whole, as that of a lockfile: nothing is added that a package depends on. */
  readonly whole: boolean;
}

/** What a function needs of a manifest. Undefined if that is nothing. */
export function functionRequirements(
  manifest: Manifest,
  installation: Installation,
): Requirements | { readonly problem: Finding } | undefined {
  const { folder, beside = [], manifests = [], requirements, locked, fromSources = [] } = installation;
  const [local] = beside;
  if (local !== undefined) return { problem: localPackage(local) };
  const lines = (text: string, whole: boolean) =>
    text.trim() === '' ? undefined : { from: { text }, folder, texts: [text], whole };
  switch (manifest.kind) {
    case 'none':
      return undefined;
    case 'setup':
      return { problem: unlisted('setup.py or setup.cfg') };
    case 'requirements': {
      if (fromSources.length > 0) return { problem: unlisted('setup.py or setup.cfg') };
      const texts = manifests.map(({ path, text }) => text ?? readFileSync(path, 'latin1'));
      return texts.every(isBlank) ? undefined : { from: { path: manifest.path }, folder, texts, whole: false };
    }
    case 'pylock':
      return { problem: unlisted(basename(manifest.path)) };
    case 'uv': {
      if (locked !== undefined) return lines(locked, true);
      const dynamic = stringsAt(manifest.pyproject.project, 'dynamic').includes('dependencies');
      if (dynamic) return { problem: unlisted('dynamic dependencies of pyproject.toml') };
      return lines(stringsAt(manifest.pyproject.project, 'dependencies').join('\n'), false);
    }
    default:
      return lines(requirements ?? '', manifest.kind !== 'script');
  }
}

function isBlank(text: string): boolean {
  return text.replace(/#.*$/gm, '').trim() === '';
}

const PACKAGES = 'packages of an index, as a requirements.txt or a lockfile lists them';

function localPackage(path: string): Finding {
  return {
    found: `${formatFound(basename(path))}, a package in a folder: only what an index has is installed for a function`,
    accepted: PACKAGES,
    fix: 'publish it, or build the code before synthesis, and use custom-artifact',
  };
}

function unlisted(file: string): Finding {
  return {
    found: `packages in ${file}, which a function does not get`,
    accepted: PACKAGES,
    fix: 'list them in a requirements.txt, and set languageSpecificConfig.packageManagerFile to it',
  };
}
