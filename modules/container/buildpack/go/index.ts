import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { baseImage } from '../../../rules/base-images';
import type { ContextResult } from '../../build-context';
import { quoted } from '../../builder/build-specification';
import { fileEntry } from '../../source-files';
import { copyToApp, env, prepared, run } from '../dockerfile';
import { pathFrom } from '../included-files';
import type { BuildpackSource } from '../language';
import { project } from '../project';
import { repositoryFolder } from '../repository';
import { unsupportedExclusions } from '../settings';
import { startScriptImage } from '../start-script-image';
import { embedProblems, importProblems } from './checks';
import { goImports } from './packages';
import { goProgram } from './program';
import { sumProblems } from './sums';
import { goVersion } from './version';
import { type GoModules, goModules } from './workspace';

/** Go: builds the package of the entry file into one program. Without C, the program is static. */
export function go(source: BuildpackSource): ContextResult {
  const glibc = source.distribution === 'debian';
  const architecture = source.architecture === 'arm64' ? 'arm64' : 'amd64';
  const exclusions = unsupportedExclusions(source, 'Go', 'a program has only the packages that it imports');
  if (exclusions.length > 0) return { problems: exclusions };
  const modules = goModules(source);
  if ('problems' in modules) return modules;
  const program = goProgram(source, modules, architecture);
  const version = goVersion(modules, repositoryFolder(source));
  if ('problems' in program || 'problems' in version)
    return { problems: [program, version].flatMap((one) => ('problems' in one ? one.problems : [])) };
  const { root, folder, parts, manifests, vendor } = modules;
  const found = project(source, root, { parts });
  if ('problems' in found) return found;
  const imports = goImports(dirname(source.entry), program.files, modules, architecture);
  const sent = new Set(found.files.map(({ path }) => path));
  // A command from the config can make Go complete its files during the build.
  const isFixed = vendor === undefined && source.properties.customDockerBuildCommands === undefined;
  const problems = [
    ...importProblems(imports, modules, glibc),
    ...(isFixed ? sumProblems(imports, modules) : []),
    ...embedProblems(imports, root, sent),
  ];
  if (problems.length > 0) return { problems };

  const module = pathFrom(root, folder);
  // The modules are vendored, or no modules need to be downloaded.
  const fetches = vendor === undefined && manifests.some((path) => /^\s*require\b/m.test(readFileSync(path, 'utf8')));
  return {
    context: startScriptImage(
      source,
      { ...found, workingFolder: module },
      {
        build: [
          `FROM ${baseImage('Go', version.version, source.distribution, 'build')} AS build`,
          'WORKDIR /src',
          environment(modules, glibc, version.toolchain),
          // Go downloads private modules with Git, which the Debian image has and the Alpine image doesn't.
          ...prepared(source, glibc || !fetches ? [] : ['git']),
          ...(fetches ? fetching(source, module) : []),
          'COPY app/ /src/',
          ...(module === '' ? [] : [`WORKDIR /src/${module}`]),
          run(source, `go build -trimpath -ldflags=-s -o /job ${program.targets.map(quoted).join(' ')}`),
        ],
        base: baseImage('Go', version.version, source.distribution),
        // Go reads time zones from the system, and Alpine's image has none.
        packages: ['tzdata'],
        copy: ['COPY --from=build /job /usr/local/bin/job', copyToApp('app/')],
        command: ['/usr/local/bin/job'],
        files: fetches ? manifests.map((path) => fileEntry(path, `manifests/${pathFrom(root, path)}`)) : [],
      },
    ),
  };
}

/** A layer that changes only with the manifests. If it doesn't download everything, the build downloads the rest, or fails with the reason. */
function fetching(source: BuildpackSource, module: string): string[] {
  return [
    'COPY manifests/ /src/',
    ...(module === '' ? [] : [`WORKDIR /src/${module}`]),
    run(source, `go mod download || echo 'Not all modules could be fetched before the sources.'`),
  ];
}

function environment({ ignoresWorkspace }: GoModules, glibc: boolean, toolchain: string | undefined): string {
  return env({
    // With glibc in the image, C code can be linked to it. Without it, the program must be static.
    CGO_ENABLED: glibc ? '1' : '0',
    ...(ignoresWorkspace && { GOWORK: 'off' }),
    // By default, the image uses only its own release, and the project requires a newer release of the same version.
    ...(toolchain !== undefined && { GOTOOLCHAIN: `go${toolchain}` }),
  });
}
