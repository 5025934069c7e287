import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { asObject, asText, type JsonObject } from '../../../orchestration/trigger/json';
import { formatFound } from '../../../problems/found';
import type { Distribution } from '../../../rules/base-images';
import { baseRelease, offeredVersions } from '../../../rules/base-images';
import type { PackagingProblem } from '../../build-context';
import { chooseVersion } from '../chosen-version';
import { type BuildpackSource, languageProblem } from '../language';
import { upward } from '../repository';
import { readManifest } from './manifest';

/** Code names of the releases with long-term support, as in `lts/jod` of a `.nvmrc`. */
const LTS_NAMES: { readonly [name: string]: string } = {
  gallium: '16',
  hydrogen: '18',
  iron: '20',
  jod: '22',
  krypton: '24',
  lithium: '26',
};

/** The version of Node.js that a project asks for, and where it does. */
interface Wanted {
  readonly place: string;
  readonly text: string;
}

/**
 * Major version of Node.js in the image: `nodeVersion` of the config, else the version that the project sets in the nearest folder with a
 * `.nvmrc`, a `.node-version`, or a package.json with `volta`, `devEngines` or `engines`, else the default.
 *
 * @param highest the highest folder to read
 */
export function nodeVersion(
  { properties, entry, distribution }: Pick<BuildpackSource, 'properties' | 'entry' | 'distribution'>,
  highest: string,
): { readonly version: string } | { readonly problems: PackagingProblem[] } {
  const setting = { name: 'nodeVersion', value: properties.languageSpecificConfig?.nodeVersion };
  const wanted = upward(dirname(entry), highest)
    .map((folder) => fileVersion(folder, '.nvmrc') ?? fileVersion(folder, '.node-version') ?? manifestVersion(folder))
    .find((found) => found !== undefined);
  const fitting = wanted && fittingVersions(wanted.text, distribution);
  const wishes =
    wanted === undefined
      ? []
      : [
          {
            found: `${wanted.place}, which asks for Node.js ${formatFound(wanted.text)}`,
            accepts: (version: string) => fitting?.includes(version) === true,
          },
        ];
  const chosen = chooseVersion('Node.js', distribution, setting, wishes);
  return 'version' in chosen ? chosen : { problems: [languageProblem('nodeVersion', chosen.finding)] };
}

/** The first line that is not a comment. */
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
    ['volta.node', asText(asObject(manifest.volta)?.node)],
    ['devEngines.runtime', runtimeVersion(manifest)],
    ['engines.node', asText(asObject(manifest.engines)?.node)],
  ];
  const [place, text] = given.find(([, one]) => one !== undefined && one.trim() !== '') ?? [];
  return text === undefined ? undefined : { place: `${place} of package.json`, text: text.trim() };
}

/** `devEngines.runtime` is one runtime or a list of them. */
function runtimeVersion({ devEngines }: JsonObject): string | undefined {
  const runtime = asObject(devEngines)?.runtime;
  const listed = (Array.isArray(runtime) ? runtime : [runtime]).map(asObject);
  return asText(listed.find((one) => one?.name === 'node')?.version);
}

/** The major versions that a string can refer to. Odd ones, which never get long-term support, are used only if no even one matches. */
function fittingVersions(given: string, distribution: Distribution): string[] {
  const text = given.toLowerCase().replace(/^node-?(?=v?\d)/, '');
  const majors = offeredVersions('Node.js', distribution);
  const even = majors.filter((major) => Number(major) % 2 === 0);
  if (text === '*') return even;
  if (['node', 'stable', 'current', 'latest', 'lts', 'lts/*'].includes(text)) return even.slice(-1);
  const [, lts] = /^lts\/(.+)$/.exec(text) ?? [];
  if (lts !== undefined) {
    const older = /^-(\d+)$/.exec(lts)?.[1];
    return even.filter((major) => major === (older === undefined ? LTS_NAMES[lts] : even.at(-1 - Number(older))));
  }
  // A single version selects its major version. The base image has the newest release of it.
  const one = /^v?(\d+)(\.\d+){0,2}$/.exec(text)?.[1];
  if (one !== undefined) return majors.filter((major) => major === one);
  // Loaded only if needed: most projects name one version, or none.
  const { satisfies, validRange } = require('semver') as typeof import('semver');
  const range = validRange(text);
  const fits = (major: string) => range !== null && satisfies(baseRelease('Node.js', major), range);
  const fitting = even.filter(fits);
  return fitting.length > 0 ? fitting : majors.filter(fits);
}
