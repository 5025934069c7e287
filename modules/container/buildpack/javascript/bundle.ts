import { resolve } from 'node:path';
import type { BuildOptions, Message } from 'esbuild';
import type { PackagingNote, PackagingProblem } from '../../build-context';
import { pathBelow } from '../included-files';
import type { BuildpackSource } from '../language';
import { ASSET_LOADERS } from './assets';
import { type Bundled, bundled } from './bundler';
import { DYNAMIC_IMPORTS, doubts } from './doubts';
import { failure, messageLine } from './failures';
import { type Output, withModulePaths } from './module-paths';
import { OwnFiles } from './own-files';
import { packageOf } from './package-folder';
import { codePath } from './root';
import { sharedPackages } from './shared-packages';
import { TsConfigs } from './tsconfig';

/** The code to bundle, and how. */
export interface BundleRequest {
  readonly source: BuildpackSource;
  /** Absolute path of the folder that becomes `/app` in the image. */
  readonly root: string;
  /** Major version of Node.js in the image. */
  readonly node: string;
  /** Packages to install instead of bundling them: names, or patterns with `*`, each with the reason. */
  readonly keptOut: ReadonlyMap<string, string>;
  /** Names of packages that an earlier round found missing. Importing them fails when the code runs, as in Node.js. */
  readonly absent?: readonly string[];
  /** Packages that are neither bundled nor installed. */
  readonly left: readonly string[];
  /** Whether the image contains code next to the bundle that an import might refer to. */
  readonly codeBeside: boolean;
}

/** A package that is installed in the image instead of bundled. */
export interface UnbundledPackage {
  readonly name: string;
  /** Its folder on this machine. Undefined if it isn't installed. */
  readonly folder?: string;
  /** Absolute paths of its files that are imported. */
  readonly files?: readonly string[];
  readonly reason: string;
  /** Names of the packages whose bundled code imports it. An empty name is the project itself. */
  readonly importers: readonly string[];
}

/** The bundled code of a job. */
export interface Bundle {
  readonly outputs: readonly Output[];
  /** Path of the entry file's output, relative to `/app`. */
  readonly path: string;
  /** Absolute paths of files and folders that the code names relative to its location. */
  readonly named: readonly string[];
  readonly kept: readonly UnbundledPackage[];
  /** What the next bundle of the same code can start from. */
  readonly learned: Required<Pick<BundleRequest, 'keptOut' | 'absent'>>;
  readonly notes: readonly PackagingNote[];
}

type Problems = { readonly problems: readonly PackagingProblem[] };

/** Bundles the entry file and each program that it starts with their imports, except packages that don't work in a bundle. */
export function bundle(request: BundleRequest): Bundle | Problems {
  return new Rounds(request).bundle();
}

/** Bundles in rounds: each round finds what the next one must treat differently, until a round finds nothing new. */
class Rounds {
  private readonly format: 'cjs' | 'esm';
  private readonly tsConfig: string | undefined;
  private readonly keptOut: Map<string, string>;
  private readonly absent: Set<string>;
  /** Path of each program's code, relative to `/app`. */
  private readonly programs = new Map<string, string>();
  private readonly own: OwnFiles;

  constructor(private readonly request: BundleRequest) {
    const { source, root, keptOut, codeBeside } = request;
    const { tsConfigPath, outputModuleFormat = 'esm' } = source.properties.languageSpecificConfig ?? {};
    this.format = outputModuleFormat;
    const named = tsConfigPath === undefined ? undefined : resolve(source.baseDir, tsConfigPath);
    this.tsConfig = named ?? new TsConfigs().referred(source.entry);
    this.own = new OwnFiles(source, root, new TsConfigs(this.tsConfig), codeBeside || keptOut.size > 0);
    this.keptOut = new Map(keptOut);
    this.absent = new Set(request.absent);
    this.addProgram(source.entry);
  }

  bundle(): Bundle | Problems {
    // Source maps are large, and only those of the last round are used. The first round might be the last.
    for (let last = true; ; ) {
      const before = this.state();
      const made = bundled({
        options: this.options(last),
        edited: Object.fromEntries(this.own.edited),
        keptOut: [...this.keptOut.keys(), ...this.request.left],
        absent: [...this.absent],
      });
      const problems = 'errors' in made ? this.learnFromErrors(made.errors) : this.learn(made);
      if (problems.length > 0) return { problems };
      const isSettled = this.state() === before;
      if (!isSettled || !last) {
        last = isSettled;
        continue;
      }
      if ('errors' in made) throw new Error(made.errors.map(messageLine).join('\n'));
      const unknown = this.own.unknown(made.warnings);
      return unknown.length > 0 ? { problems: unknown } : this.result(made);
    }
  }

  /** Everything that the next round depends on. */
  private state(): string {
    const { keptOut, absent, programs, own } = this;
    return JSON.stringify([keptOut, absent, programs, own.edited].map((known) => [...known.keys()]));
  }

  private options(isLast: boolean): BuildOptions {
    const { root, source, node } = this.request;
    const ending = `.${this.format === 'esm' ? 'm' : 'c'}js`;
    return {
      absWorkingDir: root,
      entryPoints: [...this.programs].map(([file, path]) => ({ in: file, out: path.slice(0, -ending.length) })),
      outdir: root,
      outExtension: { '.js': ending },
      bundle: true,
      platform: 'node',
      target: `node${node}`,
      format: this.format,
      // Node.js doesn't know the condition `module`, so the bundler must not use it.
      conditions: [],
      sourcemap: isLast && !source.properties.languageSpecificConfig?.disableSourceMaps ? 'linked' : false,
      charset: 'utf8',
      legalComments: 'eof',
      keepNames: true,
      logLevel: 'silent',
      logLimit: 0,
      logOverride: Object.fromEntries(DYNAMIC_IMPORTS.map((id) => [id, 'warning'])),
      // A binary can't be bundled. Its presence among the inputs shows that its package must stay out of the bundle.
      loader: { ...ASSET_LOADERS, '.node': 'empty' },
      // For packages only. In the project's files, these names are replaced by the path of each file.
      define:
        this.format === 'esm'
          ? { __dirname: '__stp_dirname', __filename: '__stp_filename' }
          : {
              'import.meta.url': '__stp_url',
              'import.meta.dirname': '__dirname',
              'import.meta.filename': '__filename',
            },
      ...(this.tsConfig !== undefined && { tsconfig: this.tsConfig }),
    };
  }

  private learnFromErrors(errors: readonly Message[]): readonly PackagingProblem[] {
    const { root, source } = this.request;
    const learned = failure(
      errors.map((error) => this.own.original(error)),
      root,
      source,
    );
    this.keepOut(learned.keptOut);
    for (const name of learned.absent) this.absent.add(name);
    return learned.problems;
  }

  private learn({ metafile, warnings, kept }: Bundled): readonly PackagingProblem[] {
    this.keepOut(doubts(metafile, warnings, this.request.root));
    this.keepOut(sharedPackages(metafile, kept, this.request.root));
    const learned = this.own.read(Object.keys(metafile.inputs));
    this.keepOut(new Map(learned.packages.map((name) => [name, 'the code looks up its path'])));
    for (const program of learned.programs) this.addProgram(program);
    return learned.problems;
  }

  private keepOut(packages: ReadonlyMap<string, string>): void {
    for (const [name, reason] of packages) if (!this.keptOut.has(name)) this.keptOut.set(name, reason);
  }

  private addProgram(file: string): void {
    if (this.programs.has(file)) return;
    const path = codePath(this.request.root, file, this.format);
    const taken = [...this.programs.values()].includes(path);
    this.programs.set(file, taken ? `${pathBelow(this.request.root, file)}${path.slice(-'.mjs'.length)}` : path);
  }

  private result({ outputFiles, warnings, kept }: Bundled): Bundle {
    const { root, source } = this.request;
    const paths = new Map([...this.own.paths].map((path) => [path, path]));
    for (const [file, path] of this.programs) paths.set(pathBelow(root, file) ?? path, path);
    const texts = new Map(outputFiles.map(({ path, text }) => [pathBelow(root, path) ?? path, text]));
    const outputs = [...texts].filter(([path]) => !path.endsWith('.map'));
    return {
      outputs: outputs.map(([path, text]) =>
        withModulePaths({ path, text, map: texts.get(`${path}.map`) }, this.format, paths),
      ),
      path: this.programs.get(source.entry) ?? '',
      named: this.own.named,
      kept: this.kept(kept),
      learned: { keptOut: this.keptOut, absent: [...this.absent] },
      notes: this.own
        .notable(warnings)
        .map((warning) => ({ property: ['entryfilePath'], message: messageLine(warning) })),
    };
  }

  private kept(imports: Bundled['kept']): UnbundledPackage[] {
    const isLeft = (name: string) => this.request.left.some((pattern) => matchesName(pattern, name));
    const kept = new Map<
      string,
      Omit<UnbundledPackage, 'files' | 'importers'> & { files: Set<string>; importers: Set<string> }
    >();
    for (const { name, file, importer } of imports) {
      if (isLeft(name)) continue;
      const folder = file === undefined ? undefined : packageOf(file)?.folder;
      const reason = this.keptOut.get(name) ?? 'it is listed in dependenciesToExcludeFromBundle';
      const known = kept.get(`${name} ${folder}`) ?? {
        name,
        folder,
        reason,
        files: new Set(),
        importers: new Set(),
      };
      if (file !== undefined) known.files.add(file);
      known.importers.add(packageOf(importer)?.name ?? '');
      kept.set(`${name} ${folder}`, known);
    }
    // Packages that only code outside the bundle imports.
    for (const [name, reason] of this.keptOut) {
      if (!name.includes('*') && ![...kept.values()].some((one) => one.name === name))
        kept.set(name, { name, reason, files: new Set(), importers: new Set() });
    }
    return [...kept.values()].map((one) => ({ ...one, files: [...one.files], importers: [...one.importers].sort() }));
  }
}

/** Whether a package's name equals the given name or matches the given pattern with `*`. */
function matchesName(pattern: string, name: string): boolean {
  const escaped = pattern.split('*').map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`).test(name);
}
