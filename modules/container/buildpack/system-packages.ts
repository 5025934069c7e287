import { isToken } from '../../config/checked';
import { formatFound } from '../../config/problem';
import type { Distribution } from '../../rules/base-images';
import type { PackagingProblem } from '../build-context';
import { quoted } from '../builder/build-specification';
import type { BuildpackProperties } from './language';

/** Languages whose images are never Alpine's: there is none of them for both architectures in all versions. */
const ALWAYS_DEBIAN: readonly string[] = ['Java'];

/** The distribution of an image, by its language's name. */
export function distributionOf(language: string, properties: BuildpackProperties): Distribution {
  return properties.requiresGlibcBinaries || ALWAYS_DEBIAN.includes(language) ? 'debian' : 'alpine';
}

/** The property that names packages of a distribution. */
const PROPERTY = { alpine: 'apkPackages', debian: 'aptPackages' } as const;

/** Packages of the distribution that the config asks for. */
export function wantedPackages(properties: BuildpackProperties, distribution: Distribution): readonly string[] {
  return properties[PROPERTY[distribution]] ?? [];
}

/** Line of a Dockerfile that installs packages, undefined for none. */
export function installPackages(distribution: Distribution, packages: readonly string[]): string | undefined {
  if (packages.length === 0) return undefined;
  const names = [...new Set(packages)].map((name) => (/^[\w.+-]+$/.test(name) ? name : quoted(name))).join(' ');
  return distribution === 'alpine'
    ? `RUN apk add --no-cache ${names}`
    : `RUN apt-get update && apt-get install --yes --no-install-recommends ${names} && rm -rf /var/lib/apt/lists/*`;
}

/** Packages that are asked for by the name of the other distribution's program: the image has none of it. */
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
    found: `${wrong.map(formatFound).join(', ')}, for an image ${image}`,
    accepted: own,
    fix: `name the packages in ${own} as the image's own distribution calls them${change}`,
  };
  return [{ property: [other], ...finding }, ...unknown];
}

/** The Dockerfile is written at synthesis. */
function unknownText(property: string, index: number): PackagingProblem {
  const found = 'a value that only Terraform knows';
  return {
    property: [property, index],
    found,
    accepted: 'a string: it is part of the Dockerfile',
    fix: 'write the value itself',
  };
}
