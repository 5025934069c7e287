import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { resolve } from 'node:path';
import type { Message } from 'esbuild';
import { isBuildFailure } from '../../../orchestration/function-bundle';
import { formatFound } from '../../../problems/found';
import type { PackagingProblem } from '../../build-context';
import { pathBelow } from '../included-files';
import { type BuildpackSource, languageProblem } from '../language';
import { compilerOf, hasDecorators, withMetadata } from './decorator-metadata';
import { DYNAMIC_IMPORTS } from './doubts';
import { messageLine } from './failures';
import { type Fault, mayBeBound, type OwnCode, ownCode } from './own-code';
import { packageOf } from './package-folder';
import type { TsConfigs } from './tsconfig';

/** What the files of the project need. */
interface Learned {
  readonly programs: readonly string[];
  readonly packages: readonly string[];
  readonly problems: readonly PackagingProblem[];
}

/** The project's files in a bundle, without those of packages. */
export class OwnFiles {
  /** JavaScript with its source map to bundle instead of a file's content, by absolute path. */
  readonly edited = new Map<string, string>();
  /** Paths of the files whose location the code uses, relative to `/app`. */
  readonly paths = new Set<string>();
  private readonly seen = new Set<string>();
  private readonly codes: OwnCode[] = [];
  private readonly faults: (Fault & { readonly path: string })[] = [];

  /**
   * @param mayBeThere whether an import whose path is known only at run time might refer to files or packages next to the bundle
   */
  constructor(
    private readonly source: BuildpackSource,
    private readonly root: string,
    private readonly tsConfigs: TsConfigs,
    private readonly mayBeThere: boolean,
  ) {}

  /** Files and folders that the code names relative to its location. */
  get named(): string[] {
    return [...new Set(this.codes.flatMap(({ named }) => named))];
  }

  /** Reads the inputs of a bundle that were not read before. */
  read(inputs: readonly string[]): Learned {
    const files = inputs
      .filter((path) => !/^(kept-out|\(disabled\)):/.test(path))
      .map((path) => resolve(this.root, path.replace(/ with \{.*\}$/, '')))
      .filter((file) => packageOf(file) === undefined && !this.seen.has(file));
    const codes: OwnCode[] = [];
    const problems: PackagingProblem[] = [];
    for (const file of files) {
      this.seen.add(file);
      const read = file.endsWith('.node') ? binary(this.path(file)) : this.readCode(file);
      if (read === undefined) continue;
      if ('found' in read) problems.push(read);
      else codes.push(read);
    }
    this.codes.push(...codes);
    return {
      programs: codes.flatMap(({ programs }) => programs),
      packages: codes.flatMap(({ packages }) => packages),
      problems,
    };
  }

  private readCode(file: string): OwnCode | PackagingProblem | undefined {
    if (!/\.[cm]?[jt]sx?$/.test(file)) return undefined;
    const source = readFileSync(file, 'utf8');
    const options = this.tsConfigs.of(file);
    const { emitTsDecoratorMetadata } = this.source.properties.languageSpecificConfig ?? {};
    const typed = (emitTsDecoratorMetadata ?? options.emitDecoratorMetadata) && hasDecorators(file, source);
    const text = typed ? this.typed(file, source) : source;
    if (typeof text !== 'string') return text;
    if (typed) this.edited.set(file, text);
    if (!mayBeBound(source)) return undefined;
    const path = pathBelow(this.root, file);
    if (path === undefined) return outside(this.path(file));
    try {
      const code = ownCode(
        text,
        { file, path, root: this.root, start: this.source.baseDir, typed: typed === true },
        options,
      );
      this.edited.set(file, code.contents);
      this.paths.add(path);
      for (const program of code.programs) {
        const below = pathBelow(this.root, program);
        if (below === undefined) return outside(this.path(program));
        this.paths.add(below);
      }
      this.faults.push(...code.faults.map((fault) => ({ ...fault, path })));
      return code;
    } catch (error) {
      // The bundler reports the same error for the file.
      if (isBuildFailure(error) || error instanceof SyntaxError) return undefined;
      throw error;
    }
  }

  private typed(file: string, source: string): string | PackagingProblem {
    const compiler = compilerOf(file);
    if (typeof compiler === 'object' && 'transpileModule' in compiler) return withMetadata(compiler, file, source);
    return noCompiler(this.source, this.path(file), compiler === 'missing' ? undefined : compiler.version);
  }

  private path(file: string): string {
    return pathBelow(this.root, file) ?? file;
  }

  /** A message of the bundler with its location in the source file instead of the edited one. */
  original(message: Message): Message {
    const { location } = message;
    const edited = location && this.edited.get(resolve(this.root, location.file));
    const [, encoded] =
      /\n\/\/# sourceMappingURL=data:application\/json;[^,]*base64,(\S+)\s*$/.exec(edited ?? '') ?? [];
    if (!location || encoded === undefined) return message;
    const map = new SourceMap(JSON.parse(Buffer.from(encoded, 'base64').toString()));
    const found = map.findEntry(location.line - 1, location.column);
    if (!('originalLine' in found)) return message;
    return { ...message, location: { ...location, line: found.originalLine + 1, column: found.originalColumn } };
  }

  /** The warnings to report: those about the project's files and settings. */
  notable(warnings: readonly Message[]): Message[] {
    return this.own(warnings).filter(({ id }) => !DYNAMIC_IMPORTS.includes(id));
  }

  /** Imports and starts in the project's files that can't refer to anything in the image. */
  unknown(warnings: readonly Message[]): PackagingProblem[] {
    const named = this.codes.some(({ namesPrograms }) => namesPrograms);
    const starts = this.faults
      .filter(({ dynamic, passed }) => !(dynamic && this.mayBeThere) && !(passed && named))
      .map(({ path, line, column, text }) => `${path}:${line}:${column}: ${text}`);
    if (this.mayBeThere) return starts.length === 0 ? [] : [started(starts)];
    const own = this.own(warnings);
    const empty = own.filter(({ id }) => id === 'empty-glob').map(messageLine);
    const dynamic = own.filter(({ id }) => DYNAMIC_IMPORTS.includes(id)).map((message) => this.codeLine(message));
    const lines = [...starts, ...dynamic];
    return [...(empty.length === 0 ? [] : [nothingFound(empty)]), ...(lines.length === 0 ? [] : [started(lines)])];
  }

  private codeLine({ location }: Message): string {
    const { file = '', line = 0, column = 0 } = location ?? {};
    const code = readFileSync(resolve(this.root, file), 'utf8').split('\n')[line - 1]?.trim() ?? '';
    return `${file}:${line}:${column + 1}: ${code.length > 100 ? `${code.slice(0, 100)}...` : code}`;
  }

  private own(messages: readonly Message[]): Message[] {
    return messages
      .filter(({ location }) => location === null || packageOf(resolve(this.root, location.file)) === undefined)
      .map((message) => this.original(message));
  }
}

function started(lines: readonly string[]): PackagingProblem {
  return {
    property: ['entryfilePath'],
    found: [
      'code that imports or starts files which do not exist or are known only at run time:',
      ...new Set(lines),
    ].join('\n'),
    accepted: 'imports, threads and processes with paths written in the code',
    fix:
      'write the path out, as in import("./tasks/" + name + ".js") or new Worker(new URL("./worker.js", import.meta.url)); ' +
      'or add the files to includeFiles, or the packages to languageSpecificConfig.dependenciesToExcludeFromBundle',
  };
}

function nothingFound(lines: readonly string[]): PackagingProblem {
  return {
    property: ['entryfilePath'],
    found: ['imports by a pattern that no file matches:', ...lines].join('\n'),
    accepted: 'patterns that match source files',
    fix: 'write the path with the ending of the source files, .ts for TypeScript, or add the files to includeFiles',
  };
}

function binary(path: string): PackagingProblem {
  return {
    property: ['entryfilePath'],
    found: `an import of ${formatFound(path)}, a binary made for this machine`,
    accepted: 'code, or a binary in a package',
    fix: 'move the binary to a package that is installed in the image, and add that package to languageSpecificConfig.dependenciesToExcludeFromBundle',
  };
}

function outside(path: string): PackagingProblem {
  return {
    property: ['entryfilePath'],
    found: `code that uses its own path or is started by path, outside the folders of the config and the entry file: ${formatFound(path)}`,
    accepted: 'such code in one of these folders, which are copied to the image',
    fix: 'move the file there, or move the config to a folder above the file',
  };
}

function noCompiler({ properties }: BuildpackSource, path: string, version: string | undefined): PackagingProblem {
  const configured = properties.languageSpecificConfig?.emitTsDecoratorMetadata === true;
  const found =
    version === undefined
      ? 'the package typescript, which keeps the types, is not installed there or above'
      : `TypeScript ${version}, which cannot compile a single file`;
  const by = configured ? 'true' : `emitDecoratorMetadata in the tsconfig.json of ${formatFound(path)}`;
  const finding = {
    found: `${by}, and ${found}`,
    accepted: 'decorator metadata only if TypeScript 4, 5 or 6 is installed in the project',
    fix: `install typescript ${version === undefined ? '' : '5 '}in the project of the file, or set emitTsDecoratorMetadata to false`,
  };
  return configured ? languageProblem('emitTsDecoratorMetadata', finding) : { property: ['entryfilePath'], ...finding };
}
