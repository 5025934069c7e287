import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { satisfies, validRange } from 'semver';
import { formatFound } from '../../../config/problem';
import { asObject, asText, type JsonObject } from '../../../orchestration/trigger/json';
import type { PackagingProblem } from '../../build-context';
import { readManifest } from './manifest';
import { type BuildpackSource, languageProblem } from '../language';

/** The versions of Node.js that there are base images of: `24` to `24.21.0`. */
export type NodeReleases = { readonly [major: number]: string };

/** Major version of Node.js where neither config nor project names one. */
export const DEFAULT_NODE = 24;

/** Code names of the releases with long-term support, as `lts/jod` in a `.nvmrc`. */
const LTS_NAMES: { readonly [name: string]: number } = {
  gallium: 16,
  hydrogen: 18,
  iron: 20,
  jod: 22,
  krypton: 24,
  lithium: 26,
};

/** What a project says of its version of Node.js, and where. */
interface Wanted {
  readonly place: string;
  readonly text: string;
}

/**
 * Major version of Node.js that the image gets: the config's `nodeVersion`, else what the project says in the nearest folder with a
 * `.nvmrc`, `.node-version`, or a package.json with `volta`, `devEngines` or `engines`, else {@link DEFAULT_NODE}.
 *
 * @param root highest folder that is looked at
 */
export function nodeVersion(
  { properties, entry }: Pick<BuildpackSource, 'properties' | 'entry'>,
  root: string,
  releases: NodeReleases,
): { readonly version: number } | { readonly problems: PackagingProblem[] } {
  const { nodeVersion: configured } = properties.languageSpecificConfig ?? {};
  if (configured !== undefined) return { version: configured };
  const wanted = wantedVersion(entry, root);
  if (wanted === undefined) return { version: DEFAULT_NODE };
  const version = newestFor(wanted.text, releases);
  if (version !== undefined) return { version };
  const offered = Object.entries(releases).map(([major, release]) => `${major} (${release})`);
  return {
    problems: [
      languageProblem('nodeVersion', {
        found: `nothing, and ${wanted.place} asks for Node.js ${formatFound(wanted.text)}`,
        accepted: `a version that there is a base image of: ${offered.join(', ')}`,
        fix: `change ${wanted.place}, or set nodeVersion, which wins over it`,
      }),
    ],
  };
}

function wantedVersion(entry: string, root: string): Wanted | undefined {
  for (let folder = dirname(entry); ; folder = dirname(folder)) {
    const found = fileVersion(folder, '.nvmrc') ?? fileVersion(folder, '.node-version') ?? manifestVersion(folder);
    if (found !== undefined) return found;
    if (folder === root || folder === dirname(folder)) return undefined;
  }
}

/** First line that is no comment. */
function fileVersion(folder: string, name: string): Wanted | undefined {
  const path = join(folder, name);
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, 'utf8').split(/\r?\n/);
  const text = lines.map((line) => line.replace(/#.*/, '').trim()).find((line) => line !== '');
  return text === undefined ? undefined : { place: name, text };
}

function manifestVersion(folder: string): Wanted | undefined {
  const manifest = readManifest(folder) ?? {};
  const given: readonly (readonly [place: string, text: string | undefined])[] = [
    ['volta.node of package.json', asText(asObject(manifest.volta)?.node)],
    ['devEngines.runtime of package.json', runtimeVersion(manifest)],
    ['engines.node of package.json', asText(asObject(manifest.engines)?.node)],
  ];
  for (const [place, text] of given) if (text !== undefined && text.trim() !== '') return { place, text: text.trim() };
  return undefined;
}

/** `devEngines.runtime` is one runtime or a list of them. */
function runtimeVersion({ devEngines }: JsonObject): string | undefined {
  const runtime = asObject(devEngines)?.runtime;
  const listed = (Array.isArray(runtime) ? runtime : [runtime]).map(asObject);
  return asText(listed.find((one) => one?.name === 'node')?.version);
}

/** Newest major version that fits; an odd one, which never gets long-term support, only where no even one does. */
function newestFor(given: string, releases: NodeReleases): number | undefined {
  const text = given.toLowerCase().replace(/^node-?(?=v?\d)/, '');
  const majors = Object.keys(releases).map(Number).sort((a, b) => (a % 2) - (b % 2) || b - a);
  if (['node', 'stable', 'current', 'latest', '*'].includes(text)) return majors[0];
  const [, lts] = /^lts(?:\/(.+))?$/.exec(text) ?? [];
  if (text === 'lts' || lts === '*') return majors[0];
  if (lts !== undefined) {
    const older = /^-(\d+)$/.exec(lts)?.[1];
    return older === undefined ? majors.find((major) => major === LTS_NAMES[lts]) : majors[Number(older)];
  }
  // One version means its major version, whose newest release the base image has.
  const one = /^v?(\d+)(\.\d+){0,2}$/.exec(text)?.[1];
  if (one !== undefined) return majors.find((major) => major === Number(one));
  const range = validRange(text);
  return range === null ? undefined : majors.find((major) => satisfies(releases[major] ?? '', range));
}
