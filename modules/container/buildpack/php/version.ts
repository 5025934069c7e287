import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatFound } from '../../../problems/found';
import { baseRelease } from '../../../rules/base-images';
import type { PackagingProblem } from '../../build-context';
import { chooseVersion, type VersionRequirement } from '../chosen-version';
import { type BuildpackSource, languageProblem } from '../language';
import { upward } from '../repository';
import { type ComposerProject, object, strings } from './composer';
import { satisfies } from './constraint';

/** The version of PHP that the config or the project requires. */
export function phpVersion(
  source: BuildpackSource,
  folder: string,
  highest: string,
  composer: ComposerProject | undefined,
): { readonly version: string } | { readonly problems: readonly PackagingProblem[] } {
  const value = source.properties.languageSpecificConfig?.phpVersion;
  const wishes = [...(composer === undefined ? [] : composerWishes(composer)), ...fileWishes(folder, highest)];
  const chosen = chooseVersion('PHP', source.distribution, { name: 'phpVersion', value }, wishes);
  if ('version' in chosen) return chosen;
  const { finding, ofSetting } = chosen;
  return {
    problems: [ofSetting ? languageProblem('phpVersion', finding) : { property: ['entryfilePath'], ...finding }],
  };
}

function composerWishes({ json, packages = [] }: ComposerProject): VersionRequirement[] {
  const platform = strings(object(json.config).platform).php;
  const constraints = [
    ['composer.json', strings(json.require).php],
    ...packages.map(({ name, require }) => [`the locked ${name}`, require?.php] as const),
  ] as const;
  return [
    ...constraints.flatMap(([from, constraint]) =>
      constraint === undefined
        ? []
        : [
            {
              found: `${from}, which requires php ${formatFound(constraint)}`,
              accepts: (version: string) => satisfies(baseRelease('PHP', version), constraint),
            },
          ],
    ),
    ...(typeof platform === 'string' ? [line('composer.json, which has config.platform.php', platform)] : []),
  ];
}

/** `.php-version` and `.tool-versions` of the project's folder or the nearest parent. */
function fileWishes(folder: string, highest: string): VersionRequirement[] {
  for (const place of upward(folder, highest)) {
    const read = (name: string) => (existsSync(join(place, name)) ? readFileSync(join(place, name), 'utf8') : '');
    const [, own] = /^\s*v?(\d[\d.]*)/.exec(read('.php-version')) ?? [];
    if (own !== undefined) return [line('.php-version, which says', own)];
    const [, tool] = /^php\s+(\d[\d.]*)/m.exec(read('.tool-versions')) ?? [];
    if (tool !== undefined) return [line('.tool-versions, which says', tool)];
  }
  return [];
}

/** For a release, any release of the same version is accepted: `8.3.35` for `8.3.4`. */
function line(from: string, named: string): VersionRequirement {
  const accepts = (version: string) => named === version || named.startsWith(`${version}.`);
  return { found: `${from} ${formatFound(named)}`, accepts };
}
