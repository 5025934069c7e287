import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { formatFound, foundValue } from '../../../problems/found';
import { baseImage, baseRelease, offeredVersions, officialImage } from '../../../rules/base-images';
import type { PackagingProblem } from '../../build-context';
import { chooseVersion, type VersionRequirement } from '../chosen-version';
import { type BuildpackSource, languageProblem } from '../language';
import { upward } from '../repository';
import { satisfies } from './requirement';

/** Bundler refuses to run with a different version than the Gemfile's. */
interface Demand {
  readonly found: string;
  readonly requirements: readonly string[];
}

/** The image for the version of Ruby that the config or the project requires. */
export function rubyImage(
  source: BuildpackSource,
  folder: string,
  highest: string,
  gemfile: string | undefined,
  locked: string | undefined,
): { readonly image: string } | { readonly problems: readonly PackagingProblem[] } {
  const demand = gemfile === undefined ? undefined : gemfileDemand(join(folder, gemfile), folder);
  const said = [
    ...(demand === undefined ? [] : [wish(demand.found, (version) => release(version, demand) !== undefined)]),
    ...fileWishes(folder, highest),
  ];
  // The lockfile repeats the Gemfile's version. It is used if the Gemfile's can't be read.
  const repeated =
    locked === undefined ? [] : [lineRequirement(`Gemfile.lock, which says ruby ${formatFound(locked)}`, locked)];
  const setting = { name: 'rubyVersion', value: source.properties.languageSpecificConfig?.rubyVersion };
  const chosen = chooseVersion('Ruby', source.distribution, setting, said.length > 0 ? said : repeated);
  if ('finding' in chosen) {
    const { finding, ofSetting } = chosen;
    return {
      problems: [ofSetting ? languageProblem('rubyVersion', finding) : { property: ['entryfilePath'], ...finding }],
    };
  }
  const exact = release(chosen.version, demand);
  if (exact !== undefined) return { image: imageOf(chosen.version, exact, source) };
  return {
    problems: [
      languageProblem('rubyVersion', {
        found: foundValue(setting.value, `, and ${demand?.found}`),
        accepted: 'a version that the Gemfile accepts, because Bundler refuses others',
        fix: 'change one of the two',
      }),
    ],
  };
}

/** The newest release of a version that satisfies the Gemfile. Every earlier release of the version also has an image. */
function release(version: string, demand: Demand | undefined): string | undefined {
  const newest = baseRelease('Ruby', version);
  const patch = Number(newest.split('.')[2]);
  const releases = Array.from({ length: patch + 1 }, (_, index) => `${version}.${patch - index}`);
  return releases.find((one) => demand === undefined || demand.requirements.every((each) => satisfies(one, each)));
}

/** Each release has a tag for Alpine and one for Debian, without the distribution's version: https://hub.docker.com/_/ruby */
function imageOf(version: string, exact: string, { distribution }: BuildpackSource): string {
  if (exact === baseRelease('Ruby', version)) return baseImage('Ruby', version, distribution);
  return officialImage('ruby', exact, distribution);
}

/** `ruby '3.3.4'`, `ruby '>= 3.2', '< 3.4'`, `ruby file: '.ruby-version'`, or undefined if the value is computed. */
function gemfileDemand(path: string, folder: string): Demand | undefined {
  const [, line] = /^[ \t]*ruby[ \t(]+(.*)$/m.exec(readFileSync(path, 'utf8')) ?? [];
  if (line === undefined) return undefined;
  const text = line.replace(/#.*$/, '');
  const [, engine] = /engine(?::|['"]?\s*=>)\s*:?['"]?(\w+)/.exec(text) ?? [];
  if (engine !== undefined && engine !== 'ruby') return { found: `a Gemfile for ${engine}`, requirements: ['< 0'] };
  const [, file] = /(?:file(?::|['"]?\s*=>)\s*|File\.read\(?\s*)['"]([^'"]+)['"]/.exec(text) ?? [];
  if (file !== undefined) {
    const target = resolve(folder, file);
    const version = existsSync(target) ? versionIn(readFileSync(target, 'utf8')) : undefined;
    if (version === undefined) return undefined;
    return { found: `a Gemfile that says ruby ${formatFound(version)} by ${file}`, requirements: [version] };
  }
  const requirements = [...text.matchAll(/['"]\s*((?:[~<>=!]+\s*)?\d[\d.]*)[^'"]*['"]/g)].map(([, one = '']) => one);
  if (requirements.length === 0) return undefined;
  return { found: `a Gemfile that says ruby ${requirements.map((one) => formatFound(one)).join(', ')}`, requirements };
}

/** `.ruby-version` and `.tool-versions` of the project's folder or the nearest parent. */
function fileWishes(folder: string, highest: string): VersionRequirement[] {
  for (const place of upward(folder, highest)) {
    for (const name of ['.ruby-version', '.tool-versions']) {
      const path = join(place, name);
      const version = existsSync(path) ? versionIn(readFileSync(path, 'utf8'), name) : undefined;
      if (version !== undefined) return [lineRequirement(`${name}, which says ${formatFound(version)}`, version)];
    }
  }
  return [];
}

/** The version in a `.ruby-version` (`3.3.4` or `ruby-3.3.4`) or in the line of a `.tool-versions`. */
function versionIn(text: string, name = '.ruby-version'): string | undefined {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/#.*$/, '').trim());
  const line = name === '.tool-versions' || /^\w+ /m.test(text) ? lines.find((one) => /^ruby\s/.test(one)) : undefined;
  const version = (line?.replace(/^ruby\s+/, '') ?? (name === '.tool-versions' ? '' : (lines.find(Boolean) ?? '')))
    .split(/\s/)[0]
    ?.replace(/^ruby-/, '');
  return version === '' || version === 'system' ? undefined : version;
}

/** For a release, any release of the same version is accepted: `3.3.12` for `3.3.4`. */
function lineRequirement(found: string, version: string): VersionRequirement {
  return wish(
    found,
    (offered) => version === offered || version.startsWith(`${offered}.`) || isMajor(version, offered),
  );
}

/** `3` alone means the newest 3.x version. */
function isMajor(version: string, offered: string): boolean {
  const last = offeredVersions('Ruby')
    .filter((one) => one.startsWith(`${version}.`))
    .at(-1);
  return /^\d+$/.test(version) && offered === last;
}

function wish(found: string, accepts: VersionRequirement['accepts']): VersionRequirement {
  return { found, accepts };
}
