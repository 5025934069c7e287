import type { Finding } from '../../../../problems/problem';
import type { Distribution } from '../../../../rules/base-images';
import type { Architecture } from '../../../build-context';
import type { LockedPackage, Platform } from '../lockfiles/lockfile';

/** The platform that packages are installed for. */
export interface Target {
  readonly architecture: Architecture;
  readonly distribution: Distribution;
  /** Used in problems. */
  readonly lockfileName: string;
}

/** Why a package doesn't work in the image. Undefined if it does. */
export function unfitForTarget(locked: LockedPackage, target: Target): Finding | undefined {
  if (!fits(locked, target))
    return {
      found: `which is for ${described(locked)} only`,
      accepted: `a package for Linux on ${target.architecture}, with ${libc(target)}`,
      fix: 'add it to excludeDependencies if the job does not need it',
    };
  // Packages with one binary per platform load the one that was installed.
  const forLinux = [...locked.optional].filter(([one]) => /linux(musl|glibc|gnu)?-?(x64|arm64)/.test(one));
  const musl = forLinux.some(([one]) => one.includes('musl'));
  const usable = forLinux.filter(
    ([one, platform]) => nameFits(one, target, musl) && (platform === undefined || fits(platform, target)),
  );
  if (forLinux.length === 0 || usable.some(([, platform]) => platform !== undefined)) return undefined;
  if (usable.length > 0)
    return {
      found: `and ${target.lockfileName} has none of its binaries for Linux on ${target.architecture}, with ${libc(target)}`,
      accepted: `a lockfile with ${usable.map(([one]) => one).join(' or ')}`,
      fix: `delete node_modules and ${target.lockfileName} and install again: a lockfile made from node_modules lists the binaries of this machine only`,
    };
  const other = target.distribution === 'alpine';
  return {
    found: `which has no binary for Linux on ${target.architecture}, with ${libc(target)}`,
    accepted: forLinux.map(([one]) => one).join(', '),
    fix: other
      ? 'set requiresGlibcBinaries to true'
      : 'set another architecture, or write a Dockerfile and use custom-dockerfile',
  };
}

function libc({ distribution }: Target): string {
  return distribution === 'alpine' ? 'musl' : 'glibc';
}

/**
 * Whether the platform in a package's name is that of the image.
 *
 * @param musl whether some names are for musl, so names without a C library are for glibc
 */
function nameFits(name: string, { architecture, distribution }: Target, musl: boolean): boolean {
  if (!name.includes(architecture === 'arm64' ? 'arm64' : 'x64')) return false;
  if (distribution === 'debian') return !name.includes('musl');
  return musl ? name.includes('musl') : !/gnu|glibc/.test(name);
}

function fits({ os, cpu, libc: libcs }: Platform, target: Target): boolean {
  const ours = target.architecture === 'arm64' ? 'arm64' : 'x64';
  return admits(os, 'linux') && admits(cpu, ours) && admits(libcs, libc(target));
}

/** Platforms as in npm's manifests: names, or `!name` for all others. */
function admits(list: readonly string[] | undefined, value: string): boolean {
  if (list === undefined || list.length === 0 || list.includes('any')) return true;
  if (list.includes(`!${value}`)) return false;
  return list.includes(value) || list.every((one) => one.startsWith('!'));
}

function described({ os, cpu, libc: libcs }: Platform): string {
  return [...(os ?? []), ...(cpu ?? []), ...(libcs ?? [])].join(', ');
}
