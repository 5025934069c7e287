import { basename, join, resolve } from 'node:path';
import type { BuildOptions, Metafile } from 'esbuild';
import { bundleFailure, isBuildFailure } from '../../../orchestration/function-bundle';
import type { PackagingProblem } from '../../build-context';
import { textEntry } from '../../source-files';
import type { TarEntry } from '../../tar';
import type { BuildpackSource } from '../language';
import { bundled, bundledWithMetadata, compilerOf } from './bundler';

/** The code of a job as files of its image. */
export interface Bundle {
  readonly files: TarEntry[];
  /** Folders of packages with code in the bundle, by name. */
  readonly packages: ReadonlyMap<string, string>;
}

function format({ properties }: BuildpackSource): 'cjs' | 'esm' {
  return properties.languageSpecificConfig?.outputModuleFormat ?? 'esm';
}

/** Name of the bundle in the image. Its ending says which kind of module it is. */
export function bundleName(source: BuildpackSource): string {
  return format(source) === 'esm' ? 'index.mjs' : 'index.cjs';
}

/**
 * Bundles the entry file with all that it imports.
 *
 * @param external names of packages that stay out
 * @param node major version of Node.js that runs it
 */
export function bundle(
  source: BuildpackSource,
  external: readonly string[],
  node: string,
): Bundle | { problems: PackagingProblem[] } {
  const { baseDir, entry, properties } = source;
  const settings = properties.languageSpecificConfig ?? {};
  const options = {
    absWorkingDir: baseDir,
    entryPoints: [entry],
    outfile: join(baseDir, bundleName(source)),
    bundle: true,
    platform: 'node',
    target: `node${node}`,
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
