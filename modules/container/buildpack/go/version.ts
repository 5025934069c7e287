import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { baseRelease, offeredVersions } from '../../../rules/base-images';
import type { PackagingProblem } from '../../build-context';
import { upward } from '../repository';
import type { GoModules } from './workspace';

/** The base images of Go, and the release that Go downloads if the image's is too old. */
export interface GoVersion {
  readonly version: string;
  /** A newer release than the base image's. @default none */
  readonly toolchain?: string;
}

type Release = readonly [number, number, number];

/**
 * The version of Go that builds a program. New versions can build code for older ones, so `go.mod` has the minimum version.
 * `.go-version` and `.tool-versions` have the exact one.
 *
 * @see https://go.dev/doc/toolchain
 */
export function goVersion(
  { folder, files }: Pick<GoModules, 'folder' | 'files'>,
  highest: string,
): GoVersion | { readonly problems: readonly PackagingProblem[] } {
  const least = files
    .flatMap(({ go, toolchain }) => [go, toolchain])
    .flatMap((one) => (one === undefined ? [] : [one]))
    .reduce<string | undefined>((most, one) => (most !== undefined && older(one, most) ? most : one), undefined);
  const pinned = pinnedVersion(folder, highest);
  const offered = offeredVersions('Go');
  const wanted = pinned !== undefined && (least === undefined || !older(pinned, least)) ? pinned : least;
  const minor = wanted
    ?.split('.', 2)
    .join('.')
    .replace(/(rc|beta)\d*$/, '');
  const newest = offered.at(-1) ?? '';
  if (wanted !== undefined && older(newest, minor ?? '')) {
    return {
      problems: [
        {
          property: ['entryfilePath'],
          found: `a project that requires Go ${wanted}`,
          accepted: `Go ${offered.join(', ')}, or older in go.mod`,
          fix: 'require an older version in go.mod, or write a Dockerfile and use custom-dockerfile',
        },
      ],
    };
  }
  const version = wanted === pinned && minor !== undefined && offered.includes(minor) ? minor : newest;
  return wanted !== undefined && older(baseRelease('Go', version), wanted)
    ? { version, toolchain: wanted }
    : { version };
}

function pinnedVersion(folder: string, highest: string): string | undefined {
  for (const one of upward(folder, highest)) {
    const [own, tools] = ['.go-version', '.tool-versions'].map((name) => {
      const path = join(one, name);
      return existsSync(path) ? readFileSync(path, 'utf8') : '';
    });
    const found = /^\s*(?:go)?(\d+\.\d+\S*)/.exec(own ?? '') ?? /^(?:go|golang)\s+(\d+\.\d+\S*)/m.exec(tools ?? '');
    if (found?.[1] !== undefined) return found[1];
  }
  return undefined;
}

/** Whether a version is older than another. A version without a patch number is older than its first release. */
function older(one: string, other: string): boolean {
  const [a, b] = [release(one), release(other)];
  const at = a.findIndex((part, index) => part !== b[index]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
}

function release(version: string): Release {
  const [, major = '0', minor = '0', patch = '0'] = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  return [Number(major), Number(minor), Number(patch)];
}
