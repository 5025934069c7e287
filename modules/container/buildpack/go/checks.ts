import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { foundValue } from '../../../problems/found';
import type { PackagingProblem } from '../../build-context';
import { pathBelow, pathFrom } from '../included-files';
import type { GoImports, GoPackage } from './packages';
import type { GoModules } from './workspace';

/** Packages that need C. Some of them compile without it, and fail when they are called. */
const NEED_C: readonly string[] = [
  'github.com/mattn/go-sqlite3',
  'gorm.io/driver/sqlite',
  'github.com/confluentinc/confluent-kafka-go',
  'github.com/marcboeker/go-duckdb',
  'github.com/duckdb/duckdb-go',
  'github.com/godror/godror',
  'github.com/DataDog/zstd',
  'github.com/davidbyttow/govips',
  'github.com/h2non/bimg',
  'gocv.io/x/gocv',
];

/** Problems that would break the build or the program. */
export function importProblems(
  { packages, others, missing }: GoImports,
  { root, main, files, vendor, modules }: GoModules,
  withC: boolean,
): PackagingProblem[] {
  const named = (path: string) => pathFrom(root, path);
  const problems = missing.map(({ path, importer }) => ({
    found: foundValue(path, `, which ${named(importer)} imports, and no Go file in its folder`),
    accepted: 'packages whose files exist',
    fix: 'generate its code before synthesis, because the build does not run go generate, or correct the import',
  }));
  const required = new Set([...files.flatMap(({ requires }) => requires), ...modules.keys()]);
  const isRequired = (path: string) => [...required].some((one) => path === one || path.startsWith(`${one}/`));
  // Before 1.17, go.mod did not list indirect dependencies, which can be imported as well.
  const listsAll = /^1\.(1[7-9]|[2-9]\d)/.test(main?.go ?? '');
  for (const path of vendor === undefined && listsAll ? others : []) {
    if (isRequired(path)) continue;
    problems.push({
      found: `an import of ${JSON.stringify(path)}, which go.mod does not require`,
      accepted: 'packages of modules that go.mod requires',
      fix: 'run go mod tidy',
    });
  }
  for (const path of withC ? [] : [...cCode(packages, vendor).map(named), ...[...others].filter(needsC)]) {
    problems.push({
      found: foundValue(path, ', which needs C'),
      accepted: 'packages in pure Go',
      fix: 'set requiresGlibcBinaries: true, which builds with a C compiler',
    });
  }
  return problems.map((problem) => ({ property: ['entryfilePath'], ...problem }));
}

function needsC(path: string): boolean {
  return NEED_C.some((one) => path === one || path.startsWith(`${one}/`));
}

/** Files of the project that need a C compiler. Go ignores them without one, so only their source shows it. */
function cCode(packages: readonly GoPackage[], vendor: string | undefined): string[] {
  return packages
    .filter(({ folder }) => vendor === undefined || pathBelow(vendor, folder) === undefined)
    .flatMap(({ folder, files }) =>
      [...files].flatMap(([name, { imports }]) => (imports.includes('C') ? [join(folder, name)] : [])),
    );
}

/** Files in `//go:embed` that are not in the build context. */
export function embedProblems({ packages }: GoImports, root: string, sent: ReadonlySet<string>): PackagingProblem[] {
  return packages.flatMap(({ folder, files }) =>
    [...files].flatMap(([name, { embeds }]) =>
      embeds.flatMap((pattern) => {
        const own = pattern.replace(/^all:/, '');
        const found = globSync([own], { cwd: folder, dot: true, onlyFiles: true, expandDirectories: true });
        const where = `//go:embed ${pattern} in ${pathFrom(root, join(folder, name))}`;
        if (found.length === 0) {
          const fix = 'generate the files before synthesis, or correct the pattern';
          return [
            { property: ['entryfilePath'], found: `${where}, and no such file`, accepted: 'files that are there', fix },
          ];
        }
        const left = found.find((path) => !sent.has(pathFrom(root, join(folder, path))) && isWanted(path, pattern));
        if (left === undefined) return [];
        const fix = 'add the file to includeFiles, or remove it from .dockerignore and excludeFiles';
        const what = `${where}, and ${JSON.stringify(left)} is not sent`;
        return [{ property: ['includeFiles'], found: what, accepted: 'all embedded files in the image', fix }];
      }),
    ),
  );
}

/** For a folder, Go skips files whose names begin with a dot or an underscore, unless the pattern starts with `all:` or names them. */
function isWanted(path: string, pattern: string): boolean {
  if (pattern.startsWith('all:') || /[*?[]/.test(pattern))
    return pattern.startsWith('all:') || !/\/[._]/.test(path.slice(1));
  return path === pattern || !/(^|\/)[._]/.test(path.slice(pattern.length));
}
