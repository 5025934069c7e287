import type { Finding } from '../../../../config/problem';
import type { Distribution } from '../../../../rules/base-images';
import type { Architecture } from '../../../build-context';
import type { LockedPackage, Platform } from '../lockfiles/lockfile';

/** What packages are installed for. */
export interface Target {
  readonly architecture: Architecture;
  readonly distribution: Distribution;
  /** For the report. */
  readonly lockfileName: string;
}

/** Why a package is of no use in the image; undefined if it is. */
export function unfitForTarget(locked: LockedPackage, target: Target): Finding | undefined {
  if (!fits(locked, target))
    return {
      found: `which is for ${described(locked)} only`,
      accepted: `a package for Linux on ${target.architecture}, with ${libc(target)}`,
      fix: 'name it in excludeDependencies if the code does without it there',
    };
  // Binaries by platform: the package finds the one that was installed.
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
      fix: `delete node_modules and ${target.lockfileName} and install again: a lockfile that was made from node_modules has only what this machine needs`,
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
 * Whether the platform in a name is the target's.
 *
 * @param musl whether there are names for musl, so that those without a C library are for glibc
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

/** As npm has it: names, or `!name` for all others. */
function admits(list: readonly string[] | undefined, value: string): boolean {
  if (list === undefined || list.length === 0 || list.includes('any')) return true;
  if (list.includes(`!${value}`)) return false;
  return list.includes(value) || list.every((one) => one.startsWith('!'));
}

function described({ os, cpu, libc: libcs }: Platform): string {
  return [...(os ?? []), ...(cpu ?? []), ...(libcs ?? [])].join(', ');
}
