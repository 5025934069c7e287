import { relative, sep } from 'node:path';
import { packageRoot } from '../command/package-root';

/** The files that this process has loaded, except those of packages and of this one. */
export function loadedFiles(): string[] {
  // The files of this package are in the watched folder only if the package itself is developed there.
  const { folder } = packageRoot();
  return Object.keys(require.cache).filter(
    (file) => !file.includes('node_modules') && relative(folder, file).startsWith(`..${sep}`),
  );
}
