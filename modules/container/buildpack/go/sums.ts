import { readFileSync } from 'node:fs';
import type { PackagingProblem } from '../../build-context';
import type { GoImports } from './packages';
import type { GoModules } from './workspace';

/**
 * Imported modules without a hash in `go.sum`, which Go refuses to download during a build. Ignores replaced modules: Go checks them.
 *
 * @see https://go.dev/ref/mod#go-sum-files
 */
export function sumProblems({ others }: GoImports, { files, modules, manifests }: GoModules): PackagingProblem[] {
  const sums = manifests.filter((path) => path.endsWith('.sum')).map((path) => readFileSync(path, 'utf8'));
  const isListed = (module: string) =>
    sums.some((sum) => sum.split('\n').some((line) => line.startsWith(`${module} `)));
  const isReplaced = (module: string) => files.some(({ replaces }) => replaces.some((one) => one.module === module));
  const required = [...new Set(files.flatMap(({ requires }) => requires))].filter((module) => !modules.has(module));
  const moduleOf = (path: string) =>
    required
      .filter((module) => path === module || path.startsWith(`${module}/`))
      .sort((a, b) => b.length - a.length)
      .at(0);
  const imported = new Set([...others].flatMap((path) => moduleOf(path) ?? []));
  return [...imported]
    .filter((module) => !isListed(module) && !isReplaced(module))
    .map((module) => ({
      property: ['entryfilePath'],
      found: `an import of the module ${JSON.stringify(module)}, which has no line in go.sum`,
      accepted: 'modules that go.sum lists',
      fix: 'run go mod tidy, and commit go.sum',
    }));
}
