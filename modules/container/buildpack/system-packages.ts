import { isToken } from '../../config/checked';
import { formatFound, foundText, UNKNOWN_VALUE } from '../../problems/found';
import type { Distribution } from '../../rules/base-images';
import type { PackagingProblem } from '../build-context';
import { quoted } from '../builder/build-specification';
import type { BuildpackProperties } from './language';

/** Languages without Alpine images, because there is none for both architectures in all versions. */
const ALWAYS_DEBIAN: readonly string[] = ['Java'];

/** The distribution of a language's image. */
export function distributionOf(language: string, properties: BuildpackProperties): Distribution {
  return properties.requiresGlibcBinaries || ALWAYS_DEBIAN.includes(language) ? 'debian' : 'alpine';
}

/** The property that names packages of a distribution. */
const PROPERTY = { alpine: 'apkPackages', debian: 'aptPackages' } as const;

/** Packages of the distribution in the config. */
export function wantedPackages(properties: BuildpackProperties, distribution: Distribution): readonly string[] {
  return properties[PROPERTY[distribution]] ?? [];
}

/** Line of a Dockerfile that installs packages. Undefined without packages. */
export function installPackages(distribution: Distribution, packages: readonly string[]): string | undefined {
  if (packages.length === 0) return undefined;
  const names = [...new Set(packages)].map((name) => (/^[\w.+-]+$/.test(name) ? name : quoted(name))).join(' ');
  return distribution === 'alpine'
    ? `RUN apk add --no-cache ${names}`
    : `RUN apt-get update && apt-get install --yes --no-install-recommends ${names} && rm -rf /var/lib/apt/lists/*`;
}

/** Packages in the property of the other distribution's package manager, which the image doesn't have. */
export function packageProblems(
  properties: BuildpackProperties,
  distribution: Distribution,
  language: string,
): PackagingProblem[] {
  const own = PROPERTY[distribution];
  const other = PROPERTY[distribution === 'alpine' ? 'debian' : 'alpine'];
  const wrong = properties[other];
  const unknown = ([own, 'customDockerBuildCommands'] as const).flatMap((property) =>
    (properties[property] ?? []).flatMap((text, index) => (isToken(text) ? [unknownText(property, index)] : [])),
  );
  if (wrong === undefined || wrong.length === 0) return unknown;
  const never = ALWAYS_DEBIAN.includes(language);
  const image = distribution === 'alpine' ? 'on Alpine' : 'on Debian or Ubuntu';
  const change =
    distribution === 'alpine'
      ? ', or set requiresGlibcBinaries for an image on Debian'
      : never
        ? ''
        : ', or remove requiresGlibcBinaries for an image on Alpine';
  const finding = {
    found: foundText(`${wrong.map(formatFound).join(', ')}, for an image ${image}`),
    accepted: own,
    fix: `set ${own} to the package names of the image's distribution${change}`,
  };
  return [{ property: [other], ...finding }, ...unknown];
}

/** The Dockerfile is generated at synthesis, so its packages must be known. */
function unknownText(property: string, index: number): PackagingProblem {
  const found = UNKNOWN_VALUE;
  return {
    property: [property, index],
    found,
    accepted: 'a string, because it is part of the Dockerfile',
    fix: 'write the value',
  };
}
