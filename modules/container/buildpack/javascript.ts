import { basename, join, resolve } from 'node:path';
import type { BuildOptions, Metafile } from 'esbuild';
import { formatFound } from '../../config/problem';
import { bundleFailure, isBuildFailure } from '../../orchestration/function-bundle';
import { type BuildContext, type ContextResult, type PackagingProblem, sortedFiles } from '../build-context';
import { startBundle } from '../resolver/start-bundle';
import { pathProblem, textEntry } from '../source-files';
import type { TarEntry } from '../tar';
import { bundled, bundledWithMetadata, compilerOf } from './bundler';
import { dockerfile, inApp, words } from './dockerfile';
import { includedFiles } from './included-files';
import { type BuildpackSource, languageProblem } from './language';
import { declared, installation, isNative, type NodeProject, nodeProject } from './node-packages';

const DEFAULT_NODE = 24;

/**
 * Newest release of each major version of Node.js, so that an image built again is the same one; the image's builder updates it by a
 * version of this project. Odd ones have come to their end.
 */
const NODE_RELEASES: { readonly [major: number]: string } = {
  16: '16.20',
  17: '17.9',
  18: '18.20',
  19: '19.9',
  20: '20.19',
  21: '21.7',
  22: '22.21',
  23: '23.11',
  24: '24.21',
};

interface Bundle {
  readonly files: TarEntry[];
  /** Folders of packages with code in the bundle, by name. */
  readonly packages: ReadonlyMap<string, string>;
}

/** JavaScript and TypeScript: one bundled file, and beside it only packages that cannot be in it. */
export function javascript(source: BuildpackSource): ContextResult {
  const { properties, baseDir } = source;
  const { languageSpecificConfig: settings = {} } = properties;
  const included = includedFiles(properties, baseDir);
  const problems = [...settingsProblems(source), ...included.problems];
  if (problems.length > 0) return { problems };

  const installed = settings.dependenciesToExcludeFromBundle ?? [];
  const left = [
    ...(properties.excludeDependencies ?? []),
    ...(settings.dependenciesToExcludeFromDeploymentPackage ?? []),
  ];
  const first = bundle(source, [...installed, ...left]);
  if ('problems' in first) return first;
  const native = [...first.packages].filter(([, folder]) => isNative(folder)).map(([name]) => name);
  const final = native.length === 0 ? first : bundle(source, [...installed, ...left, ...native]);
  if ('problems' in final) return final;

  const wanted = [...new Set([...installed, ...native])].sort();
  const project = wanted.length === 0 ? undefined : nodeProject(source.entry);
  const missing = packageProblems(wanted, installed, project);
  if (missing.length > 0) return { problems: missing };
  return { context: context(source, [...included.files, ...final.files], project) };
}

function settingsProblems({ properties, baseDir, entry }: BuildpackSource): PackagingProblem[] {
  const { tsConfigPath, emitTsDecoratorMetadata } = properties.languageSpecificConfig ?? {};
  const problem = tsConfigPath && pathProblem(tsConfigPath, resolve(baseDir, tsConfigPath), 'file');
  const noCompiler = emitTsDecoratorMetadata && compilerOf(entry) === undefined;
  const metadata = {
    found: 'true, and no typescript at or above the entry file',
    accepted: 'true where the project has its compiler installed: the bundler itself keeps no types',
    fix: 'install typescript where the file lies, or remove it',
  };
  return [
    ...(problem ? [languageProblem('tsConfigPath', problem)] : []),
    ...(noCompiler ? [languageProblem('emitTsDecoratorMetadata', metadata)] : []),
  ];
}

function format({ properties }: BuildpackSource): 'cjs' | 'esm' {
  return properties.languageSpecificConfig?.outputModuleFormat ?? 'esm';
}

/** Name of the bundle in the image. Its ending says which kind of module it is. */
function bundleName(source: BuildpackSource): string {
  return format(source) === 'esm' ? 'index.mjs' : 'index.cjs';
}

function bundle(source: BuildpackSource, external: readonly string[]): Bundle | { problems: PackagingProblem[] } {
  const { baseDir, entry, properties } = source;
  const settings = properties.languageSpecificConfig ?? {};
  const options = {
    absWorkingDir: baseDir,
    entryPoints: [entry],
    outfile: join(baseDir, bundleName(source)),
    bundle: true,
    platform: 'node',
    target: `node${settings.nodeVersion ?? DEFAULT_NODE}`,
    format: format(source),
    sourcemap: settings.disableSourceMaps ? false : 'linked',
    charset: 'utf8',
    legalComments: 'eof',
    keepNames: true,
    logLevel: 'silent',
    external: external.filter((name) => name !== '*'),
    packages: external.includes('*') ? 'external' : 'bundle',
    // Of a binary it counts only that it is there: its package is then left out of the bundle.
    loader: { '.node': 'empty' },
    ...(settings.tsConfigPath && { tsconfig: resolve(baseDir, settings.tsConfigPath) }),
  } as const satisfies BuildOptions;
  try {
    const compiler = settings.emitTsDecoratorMetadata ? compilerOf(entry) : undefined;
    const made = compiler === undefined ? bundled(options) : bundledWithMetadata(options, compiler);
    const { outputFiles, metafile } = made;
    const files = outputFiles.map(({ path, text }) => textEntry(basename(path), text));
    return { files, packages: packagesOf(metafile, baseDir) };
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    const failure = bundleFailure(properties.entryfilePath, error.errors);
    return { problems: [{ property: ['entryfilePath'], ...failure }] };
  }
}

/** The packages with files in a bundle: the folder below the last `node_modules` of each path. */
function packagesOf({ inputs }: Metafile, baseDir: string): Map<string, string> {
  const packages = new Map<string, string>();
  for (const path of Object.keys(inputs)) {
    const [, folder, name] = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(path) ?? [];
    if (folder !== undefined && name !== undefined) packages.set(name, resolve(baseDir, folder));
  }
  return packages;
}

/** What cannot be installed in the image. */
function packageProblems(
  wanted: readonly string[],
  configured: readonly string[],
  project: NodeProject | undefined,
): PackagingProblem[] {
  if (wanted.length === 0) return [];
  if (project === undefined) {
    const finding = {
      found: `${wanted.map(formatFound).join(', ')}, and no lockfile at or above the entry file`,
      accepted: 'a package.json with a package-lock.json, pnpm-lock.yaml, yarn.lock or bun.lock beside it',
      fix: 'install the packages with a package manager that writes a lockfile, and keep it with the code',
    };
    const property = configured.length > 0 ? undefined : ['entryfilePath'];
    return [property ? { property, ...finding } : languageProblem('dependenciesToExcludeFromBundle', finding)];
  }
  return configured.flatMap((name, index) => {
    if (name === '*' || name.includes('*') || declared(project, name) !== 'dev') return [];
    return [
      {
        property: ['languageSpecificConfig', 'dependenciesToExcludeFromBundle', index],
        found: `${formatFound(name)}, which package.json has for development only`,
        accepted: 'a package among dependencies',
        fix: `move it from devDependencies to dependencies`,
      },
    ];
  });
}

function context(source: BuildpackSource, files: readonly TarEntry[], project: NodeProject | undefined): BuildContext {
  const { properties, architecture, entry } = source;
  const { nodeVersion = DEFAULT_NODE, disableSourceMaps, outputSourceMapsTo } = properties.languageSpecificConfig ?? {};
  const variant = properties.requiresGlibcBinaries ? '-slim' : '-alpine';
  const base = `public.ecr.aws/docker/library/node:${NODE_RELEASES[nodeVersion]}${variant}`;
  const packages = project && installation(project);
  const tools = properties.requiresGlibcBinaries
    ? 'RUN apt-get update && apt-get install --yes --no-install-recommends python3 make g++ && rm -rf /var/lib/apt/lists/*'
    : 'RUN apk add --no-cache python3 make g++';
  const stage =
    packages === undefined
      ? []
      : [`FROM ${base} AS packages`, 'WORKDIR /app', tools, 'COPY packages/ ./', `RUN ${packages.command}`, ''];
  const file = dockerfile([
    ...stage,
    `FROM ${base}`,
    'WORKDIR /app',
    'ENV NODE_ENV=production',
    ...(properties.customDockerBuildCommands ?? []).map((command) => `RUN ${command}`),
    packages && 'COPY --from=packages /app/node_modules ./node_modules',
    'COPY start.cjs /opt/stp/',
    'COPY app/ ./',
    'USER node',
    `CMD ${words(['node', ...(disableSourceMaps ? [] : ['--enable-source-maps']), '/opt/stp/start.cjs', `/app/${bundleName(source)}`])}`,
  ]);
  const map = files.find(({ path }) => path === `${bundleName(source)}.map`);
  return {
    architecture,
    method: { tool: 'docker', dockerfile: 'Dockerfile', buildArgs: [] },
    files: sortedFiles([file, textEntry('start.cjs', startBundle()), ...inApp(files), ...(packages?.files ?? [])]),
    init: true,
    ...(outputSourceMapsTo !== undefined &&
      map !== undefined && {
        copies: [{ path: resolve(source.baseDir, outputSourceMapsTo, `${basename(entry)}.map`), content: map.content }],
      }),
  };
}
