import { breaksInBundles } from './container/buildpack/javascript/known-packages';
import { packageOf } from './container/buildpack/javascript/package-folder';
import { isNative } from './container/buildpack/javascript/packages/native';

/** A package that might not work in the bundle of a function, and why. */
export interface DoubtedPackage {
  readonly name: string;
  readonly reason: string;
}

/**
 * The packages of a bundle that might not work there. A bundle has all packages: unlike an image, nothing is installed beside it.
 *
 * @param inputs absolute paths of the files in the bundle
 */
export function doubtedPackages(inputs: readonly string[]): readonly DoubtedPackage[] {
  const packages = new Map(inputs.flatMap((file) => packageOf(file) ?? []).map(({ name, folder }) => [name, folder]));
  return [...packages].flatMap(([name, folder]) => {
    const reason = breaksInBundles(name) ?? (isNative(folder) ? 'it has a binary' : undefined);
    return reason === undefined ? [] : [{ name, reason }];
  });
}
