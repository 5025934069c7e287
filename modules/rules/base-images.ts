import digests from './base-image-digests.json';

/** Package family of an image: `apk`, or `apt-get` (Debian and Ubuntu). */
export type Distribution = 'alpine' | 'debian';

/**
 * Every base image of a generated Dockerfile: release of language and distribution, so that a rebuilt image has the same ones.
 *
 * The tags were in use in October 2026, in Dockerfiles of public repositories. Five are derived from a tag of the same release: PHP 8.2
 * and .NET 9 for Alpine Linux, and the `runtime` of .NET 8 and 9. Node.js releases are also those of the npm package `node`. Newer
 * releases can exist: `npm run base-images` asks the registries whether each tag exists for both architectures, and stores their digests
 * in base-image-digests.json. A registry can rebuild a tag without a digest, with fixes of the distribution.
 *
 * @see https://github.com/docker-library/official-images/tree/master/library how the tags of Docker's official images are made
 * @see https://github.com/dotnet/dotnet-docker/blob/main/documentation/supported-tags.md
 */
const LIBRARY = 'public.ecr.aws/docker/library';
const DOTNET = 'mcr.microsoft.com/dotnet';

/** Image by purpose: `run` is the one that the job runs in. */
interface Images {
  readonly run: string;
  readonly [use: string]: string;
}

interface Offer {
  /** Default version. */
  readonly default: string;
  readonly versions: { readonly [version: string]: OfferedVersion };
}

type OfferedVersion = { readonly [Name in Distribution]?: Images } & {
  /** Of the language, in all images of the version: for .NET that of its SDK, for Java that of the runtime. */
  readonly release: string;
};

const official = (name: string, release: string, alpine: string, debian: string) => ({
  release,
  alpine: { run: `${LIBRARY}/${name}:${release}-${alpine}` },
  debian: { run: `${LIBRARY}/${name}:${release}-${debian}` },
});

const dotnet = (sdk: string, runtime: string, tags: readonly [alpine: string, debian: string]) => {
  const images = (tag: string) => ({
    run: `${DOTNET}/runtime:${runtime}-${tag}`,
    web: `${DOTNET}/aspnet:${runtime}-${tag}`,
    sdk: `${DOTNET}/sdk:${sdk}-${tag}`,
  });
  return { release: sdk, alpine: images(tags[0]), debian: images(tags[1]) };
};

/** Java on Alpine Linux for arm64 doesn't exist in all versions, so Ubuntu is used for both architectures. */
const java = (release: string, maven: string, gradle: string) => {
  const images = {
    run: `${LIBRARY}/eclipse-temurin:${release}-jre-noble`,
    maven: `${LIBRARY}/maven:${maven}`,
    gradle: `${LIBRARY}/gradle:${gradle}`,
  };
  return { release, alpine: images, debian: images };
};

const go = (release: string) => ({
  release,
  alpine: { run: `${LIBRARY}/alpine:3.24.2`, build: `${LIBRARY}/golang:${release}-alpine3.24` },
  debian: { run: `${LIBRARY}/debian:trixie-20260918-slim`, build: `${LIBRARY}/golang:${release}-trixie` },
});

const OFFERS = {
  'Node.js': {
    default: '24',
    versions: {
      16: official('node', '16.20.2', 'alpine3.18', 'bookworm-slim'),
      17: official('node', '17.9.1', 'alpine3.15', 'bullseye-slim'),
      18: official('node', '18.20.8', 'alpine3.21', 'bookworm-slim'),
      19: official('node', '19.9.0', 'alpine3.18', 'bullseye-slim'),
      20: official('node', '20.20.2', 'alpine3.23', 'bookworm-slim'),
      21: official('node', '21.7.3', 'alpine3.20', 'bookworm-slim'),
      22: official('node', '22.23.3', 'alpine3.24', 'bookworm-slim'),
      23: official('node', '23.11.1', 'alpine3.22', 'bookworm-slim'),
      24: official('node', '24.21.0', 'alpine3.24', 'bookworm-slim'),
      25: official('node', '25.9.0', 'alpine3.23', 'bookworm-slim'),
      26: official('node', '26.10.0', 'alpine3.24', 'bookworm-slim'),
    },
  },
  Python: {
    default: '3.12',
    versions: {
      // Older than Amazon's copy of the official images. The packages of the other tag's Debian 10 are no longer available.
      2.7: { release: '2.7.18', alpine: { run: 'docker.io/library/python:2.7.18-alpine3.11' } },
      3.6: official('python', '3.6.15', 'alpine3.15', 'slim-bullseye'),
      3.7: official('python', '3.7.17', 'alpine3.18', 'slim-bookworm'),
      3.8: official('python', '3.8.20', 'alpine3.20', 'slim-bookworm'),
      3.9: official('python', '3.9.25', 'alpine3.22', 'slim-trixie'),
      '3.10': official('python', '3.10.21', 'alpine3.24', 'slim-trixie'),
      3.11: official('python', '3.11.16', 'alpine3.24', 'slim-trixie'),
      3.12: official('python', '3.12.15', 'alpine3.24', 'slim-trixie'),
      3.13: official('python', '3.13.16', 'alpine3.24', 'slim-trixie'),
      3.14: official('python', '3.14.8', 'alpine3.24', 'slim-trixie'),
    },
  },
  Java: {
    default: '11',
    versions: {
      8: java('8u492-b09', '3.9.16-eclipse-temurin-8-noble', '8.14-jdk8'),
      11: java('11.0.32_9', '3.9.16-eclipse-temurin-11', '8.14.3-jdk11'),
      17: java('17.0.20_8', '3.9.16-eclipse-temurin-17-noble', '8.14.4-jdk17'),
      21: java('21.0.12_8', '3.9.16-eclipse-temurin-21-noble', '8.14.4-jdk21'),
      // Gradle runs on Java 25 from 9.1.
      25: java('25.0.4_7', '3.9.16-eclipse-temurin-25-noble', '9.8.0-jdk25'),
    },
  },
  Go: { default: '1.27', versions: { 1.25: go('1.25.14'), 1.26: go('1.26.8'), 1.27: go('1.27.2') } },
  Ruby: {
    default: '3.3',
    versions: {
      3.2: official('ruby', '3.2.11', 'alpine', 'slim-bookworm'),
      3.3: official('ruby', '3.3.12', 'alpine3.24', 'slim-trixie'),
      3.4: official('ruby', '3.4.10', 'alpine3.24', 'slim-trixie'),
      '4.0': official('ruby', '4.0.7', 'alpine3.24', 'slim-trixie'),
    },
  },
  PHP: {
    default: '8.3',
    versions: {
      8.2: official('php', '8.2.33', 'cli-alpine3.24', 'cli-bookworm'),
      8.3: official('php', '8.3.35', 'cli-alpine3.24', 'cli-bookworm'),
      8.4: official('php', '8.4.26', 'cli-alpine3.24', 'cli-trixie'),
      8.5: official('php', '8.5.11', 'cli-alpine3.24', 'cli-trixie'),
    },
  },
  '.NET': {
    default: '8',
    versions: {
      // No newer Alpine Linux tag of .NET 6 was found.
      6: {
        release: '6.0.428',
        alpine: {
          run: `${DOTNET}/runtime:6.0-alpine3.18`,
          web: `${DOTNET}/aspnet:6.0-alpine3.18`,
          sdk: `${DOTNET}/sdk:6.0-alpine3.18`,
        },
        debian: {
          run: `${DOTNET}/runtime:6.0.36-bookworm-slim`,
          web: `${DOTNET}/aspnet:6.0.36-bookworm-slim`,
          sdk: `${DOTNET}/sdk:6.0.428-1-bookworm-slim`,
        },
      },
      8: dotnet('8.0.424', '8.0.30', ['alpine3.23', 'bookworm-slim']),
      9: dotnet('9.0.318', '9.0.19', ['alpine3.23', 'bookworm-slim']),
      // From version 10, Microsoft uses Ubuntu instead of Debian.
      10: dotnet('10.0.401', '10.0.12', ['alpine3.23', 'noble']),
    },
  },
} as const satisfies { readonly [language: string]: Offer };

/** A language with base images. */
export type BaseLanguage = keyof typeof OFFERS;

/** Build tools with a separate image. */
const TOOLS = { composer: `${LIBRARY}/composer:2.10.3` } as const;

/** The available versions, in ascending order: all, or those with one distribution. */
export function offeredVersions(language: BaseLanguage, distribution?: Distribution): string[] {
  const { versions }: Offer = OFFERS[language];
  const offered = Object.keys(versions).filter(
    (version) => distribution === undefined || versions[version]?.[distribution],
  );
  return offered.sort(byVersion);
}

/** Compares two versions such as `3.9` and `3.10`, for a list in ascending order. */
export function byVersion(one: string, other: string): number {
  const [own, others] = [one.split('.').map(Number), other.split('.').map(Number)];
  const differing = own.findIndex((part, index) => part !== others[index]);
  return differing < 0 ? own.length - others.length : (own[differing] ?? 0) - (others[differing] ?? -1);
}

/** The version of a setting, or undefined if it is not available. Accepts `4` as `4.0`, because a number has no trailing zero. */
export function namedVersion(language: BaseLanguage, value: number | string): string | undefined {
  return offeredVersions(language).find((version) => version === String(value) || version === `${value}.0`);
}

export function defaultVersion(language: BaseLanguage): string {
  return OFFERS[language].default;
}

/**
 * The image of an available version, with its digest if known.
 *
 * @param use purpose: `run`, for Go also `build`, for Java `maven` and `gradle`, for .NET `sdk` and `web`
 */
export function baseImage(language: BaseLanguage, version: string, distribution: Distribution, use = 'run'): string {
  const { versions }: Offer = OFFERS[language];
  const image = versions[version]?.[distribution]?.[use];
  if (image === undefined) throw new Error(`no base image of ${language} ${version}, ${distribution}, to ${use}`);
  return pinned(image);
}

/** The release of an available version: `24.21.0`. */
export function baseRelease(language: BaseLanguage, version: string): string {
  const { versions }: Offer = OFFERS[language];
  const { release } = versions[version] ?? {};
  if (release === undefined) throw new Error(`no base image of ${language} ${version}`);
  return release;
}

/** The image of another release of a language with official images, by a tag without the distribution's version. */
export function officialImage(name: 'ruby', release: string, distribution: Distribution): string {
  return `${LIBRARY}/${name}:${release}-${distribution === 'alpine' ? 'alpine' : 'slim'}`;
}

/** The image of a build tool. */
export function toolImage(tool: keyof typeof TOOLS): string {
  return pinned(TOOLS[tool]);
}

/** Every image of the tables, without duplicates. */
export function allBaseImages(): string[] {
  const offers: Offer[] = Object.values(OFFERS);
  const images = offers.flatMap(({ versions }) =>
    Object.values(versions).flatMap(({ alpine, debian }) => [
      ...Object.values(alpine ?? {}),
      ...Object.values(debian ?? {}),
    ]),
  );
  return [...new Set([...images, ...Object.values(TOOLS)])].sort();
}

function pinned(image: string): string {
  const digest = (digests as { readonly [image: string]: string })[image];
  return digest === undefined ? image : `${image}@${digest}`;
}
