import { existsSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { asObject } from '../../../../orchestration/trigger/json';
import type { NodeProject } from './project';

const PATCH_PACKAGE = 'patch-package@8.0.1';

/** Patches that a script of the project applies to its packages, and the command that applies them without that script. */
export interface AppliedPatches {
  /** Paths relative to the lockfile's folder. */
  readonly files: readonly string[];
  readonly command: string;
}

/**
 * The patches of patch-package, which npm and Yarn 1 don't apply. Only those of installed packages: it fails for others.
 *
 * @see https://github.com/ds300/patch-package
 */
export function appliedPatches({ folder, manager, manifests, lockfile }: NodeProject): AppliedPatches | undefined {
  if (manager !== 'npm' && manager !== 'yarn') return undefined;
  const scripts = Object.values(asObject(manifests.get('')?.scripts) ?? {}).filter((one) => typeof one === 'string');
  const script = scripts.find((one) => /\bpatch-package\b/.test(one));
  if (script === undefined) return undefined;
  const named = /--patch-dir[ =](\S+)/.exec(script)?.[1];
  const patches = posix.normalize(named ?? 'patches');
  if (!existsSync(join(folder, patches))) return undefined;
  const files = readdirSync(join(folder, patches)).filter((name) => {
    const [, patched] = /^((?:@[^+]+\+)?[^+]+)\+.+\.patch$/.exec(name) ?? [];
    return patched !== undefined && lockfile.resolve(patched.replace('+', '/'), '').kind === 'installed';
  });
  if (files.length === 0) return undefined;
  return {
    files: files.map((name) => posix.join(patches, name)).sort(),
    command: `npx --yes ${PATCH_PACKAGE}${named === undefined ? '' : ` --patch-dir ${patches}`}`,
  };
}
