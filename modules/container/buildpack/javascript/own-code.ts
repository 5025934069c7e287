import { existsSync, statSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import type { AnyNode } from 'acorn';
import { transformSync } from 'esbuild';
import { isCode } from './assets';
import { codeFile, filesNamed, wordsOf } from './code-file';
import { moduleVariableName } from './module-paths';
import { type OwnSource, transformOptions } from './own-source';
import { packageOf } from './package-folder';
import { fileOf, isResolve, type SourceLocation, type StaticPath, staticPath } from './static-path';
import { firstArgument, isMember, memberName, namesOf, originOf, parsed, walk } from './syntax';
import type { CompilerOptions } from './tsconfig';

/** A file of the project whose code depends on its own path, or refers to other files by path. */
export interface OwnCode {
  /** The code as JavaScript, with its source map. */
  readonly contents: string;
  /** Absolute paths of code files that it starts as threads or processes. */
  readonly programs: readonly string[];
  /** Absolute paths of other files and folders that it names relative to its location. */
  readonly named: readonly string[];
  /** Packages whose path it looks up. */
  readonly packages: readonly string[];
  /** Whether it names a program that other code might start. */
  readonly namesPrograms: boolean;
  /** Starts of threads and processes by a path that does not exist or is known only at run time. */
  readonly faults: readonly Fault[];
}

/** A place in the project's code that can't work in an image. */
export interface Fault {
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
  readonly text: string;
  /** Whether the path might be that of a file next to the bundle in the image. */
  readonly dynamic: boolean;
  /** Whether the path might be that of a program named in other code. */
  readonly passed: boolean;
}

/** Only code that contains one of these is parsed. */
const BOUND =
  /\b(__dirname|__filename|createRequire|Worker|fork|child_process|process\.cwd|(import\.)?meta|require\s*\.\s*(resolve|main)|module\s*\.\s*parent)\b/;

/** Whether the code of a file might depend on its path. */
export function mayBeBound(text: string): boolean {
  return BOUND.test(text);
}

/**
 * Reads the code of a file of the project: replaces its own path by that in the image, and finds the files that it names relative to
 * its location.
 *
 * @throws esbuild's BuildFailure if the code has a syntax error
 */
export function ownCode(text: string, source: OwnSource, compilerOptions: CompilerOptions): OwnCode {
  const { code, map } = transformSync(text, transformOptions(source, compilerOptions));
  const program = parsed(code);
  const location: SourceLocation = { ...source, names: namesOf(program) };
  const reader = new Reader(code, map, location);
  walk(program, (node, around) => reader.read(node, around));
  return reader.result();
}

/** Names of functions that take files as data. A code file that is passed to one of them is not bundled as a program. */
const READERS =
  /^(read|createReadStream|open|l?stat|access|exists|copy|cp|sendFile|createWriteStream|write|mkdir|rm|unlink)/;

class Reader {
  private readonly edits: { readonly start: number; readonly end: number; readonly text: string }[] = [];
  private readonly programs = new Set<string>();
  private readonly named = new Set<string>();
  private readonly packages = new Set<string>();
  private readonly faults: Fault[] = [];
  private namesPrograms = false;
  /** Names of variables with a `require` function of this file, made by `createRequire`. */
  private readonly requires = new Set<string>();

  constructor(
    private readonly code: string,
    private readonly map: string,
    private readonly location: SourceLocation,
  ) {
    for (const [name, value] of location.names.values) if (this.isOwnRequire(value)) this.requires.add(name);
  }

  result(): OwnCode {
    const edits = [...this.edits].sort((a, b) => b.start - a.start);
    const code = edits.reduce((done, { start, end, text }) => done.slice(0, start) + text + done.slice(end), this.code);
    const inline = `//# sourceMappingURL=data:application/json;base64,${Buffer.from(this.map).toString('base64')}\n`;
    return {
      contents: `${code}\n${inline}`,
      programs: [...this.programs],
      namesPrograms: this.namesPrograms,
      named: [...this.named],
      packages: [...this.packages],
      faults: this.faults,
    };
  }

  /** Reads one expression. Returns whether to read the expressions in it as well. */
  read(node: AnyNode, around: readonly AnyNode[]): boolean {
    return (
      this.isMain(node) ??
      this.ownRequire(node) ??
      this.starts(node) ??
      this.runs(node) ??
      this.imports(node) ??
      this.names(node, around)
    );
  }

  /** `require.main === module` and `module.parent`, which tell whether the file was started or imported. */
  private isMain(node: AnyNode): false | undefined {
    const main = moduleVariableName('main', this.location.path);
    if (node.type === 'BinaryExpression') {
      const sides: AnyNode[] = [node.left, node.right];
      const compared = sides.some((side) => isMember(side, 'require', 'main'));
      if (!compared || !sides.some((side) => side.type === 'Identifier' && side.name === 'module')) return undefined;
      return this.replace(node, node.operator.startsWith('!') ? `(!${main})` : main);
    }
    if (isMember(node, 'require', 'main')) return this.replace(node, '__stp_main');
    return isMember(node, 'module', 'parent') ? this.replace(node, `(${main} ? null : __stp_main)`) : undefined;
  }

  /** The result of `createRequire(import.meta.url)` becomes the bundler's `require`. */
  private ownRequire(node: AnyNode): boolean | undefined {
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && this.requires.has(node.id.name)) {
      // A variable with another name keeps its value, because the code might pass it on.
      return node.id.name === 'require' ? this.replace(node.id, '__stp_required') : false;
    }
    if (node.type !== 'CallExpression') return undefined;
    const { callee } = node;
    const made = callee.type === 'Identifier' && this.requires.has(callee.name) && callee.name !== 'require';
    if (made || this.isOwnRequire(callee)) {
      this.replace(callee, 'require');
      for (const one of node.arguments) walk(one, (inner, around) => this.read(inner, around));
      return false;
    }
    return undefined;
  }

  private isOwnRequire(node: AnyNode): boolean {
    if (node.type !== 'CallExpression' || memberName(node.callee) !== 'createRequire') return false;
    const value = staticPath(firstArgument(node), this.location);
    return value !== undefined && fileOf(value) === this.location.file;
  }

  /** `new Worker(...)` and `fork(...)`, whose first argument must be a file. */
  private starts(node: AnyNode): boolean | undefined {
    if (node.type !== 'NewExpression' && node.type !== 'CallExpression') return undefined;
    const origin = originOf(node.callee, this.location.names);
    const isWorker = node.type === 'NewExpression' && origin?.module === 'worker_threads' && origin.name === 'Worker';
    const isFork = origin?.module === 'child_process' && origin.name === 'fork';
    const given = firstArgument(node);
    if (given === undefined || (!isWorker && !isFork) || this.isEvaluated(node.arguments[1])) return undefined;
    const value = staticPath(given, this.location);
    if (value === undefined) {
      const isWritten = given.type === 'TemplateLiteral' || given.type === 'BinaryExpression';
      // This is the path of the program itself.
      if (!/^process\.argv\[1\]$|\bmain\??\.filename$/.test(this.text(given)))
        this.fault(node, `${this.text(node.callee)}(${this.text(given)})`, { dynamic: true, passed: !isWritten });
      return undefined;
    }
    if (value.type !== 'string' && fileOf(value) === undefined) return undefined;
    const file = this.startedFile(value);
    if (file === undefined)
      this.fault(node, `${this.text(node.callee)}(${this.text(given)}): the file does not exist`, {
        dynamic: false,
        passed: false,
      });
    else this.startsFrom(given, file, value.type);
    for (const one of node.arguments.slice(1)) walk(one, (inner, around) => this.read(inner, around));
    return false;
  }

  /** `spawn('node', ['./a.js'])` and `exec('node a.js')`, with paths relative to the job's working folder. */
  private runs(node: AnyNode): undefined {
    const origin = node.type === 'CallExpression' ? originOf(node.callee, this.location.names) : undefined;
    if (node.type !== 'CallExpression' || origin?.module !== 'child_process') return;
    const [command, list] = node.arguments;
    const isShell = /^exec(Sync)?$/.test(origin.name);
    const words = list?.type === 'ArrayExpression' ? list.elements : [];
    for (const word of [command, ...words]) {
      const value = word === null || word?.type === 'SpreadElement' ? undefined : staticPath(word, this.location);
      if (!word || value === undefined || value.placed || origin.name === 'fork') continue;
      const given = isShell ? wordsOf(value.text) : [value.text];
      for (const file of filesNamed(given, this.location.start)) {
        if (!isCode(file)) this.named.add(file);
        else if (!isShell) this.startsFrom(word, file, 'string');
        else this.fault(node, `${this.text(node.callee)}(${this.text(word)})`, { dynamic: true, passed: false });
      }
    }
  }

  private isEvaluated(options: AnyNode | undefined): boolean {
    if (options?.type !== 'ObjectExpression') return false;
    return options.properties.some((one) => one.type === 'Property' && memberName(one.key) === 'eval');
  }

  /** The file that a thread or process runs. Node.js resolves a relative path from the job's working folder. */
  private startedFile(value: StaticPath): string | undefined {
    const absolute = fileOf(value);
    const folders = [this.location.start, dirname(this.location.file)];
    const candidates = absolute === undefined ? folders.map((folder) => join(folder, value.text)) : [absolute];
    for (const candidate of candidates) {
      const found = codeFile(candidate);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private startsFrom(node: AnyNode, file: string, type: StaticPath['type']): void {
    this.programs.add(file);
    const path = relative(this.location.root, file).split(sep).join('/');
    const name = moduleVariableName(type === 'string' ? 'filename' : 'url', path);
    this.replace(node, type === 'url' ? `new URL(${name})` : name);
  }

  /** `import(new URL('./x.js', import.meta.url))` and `require(path.join(__dirname, 'x'))` become imports that the bundler resolves. */
  private imports(node: AnyNode): boolean | undefined {
    const isRequire =
      node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'require';
    if (node.type !== 'ImportExpression' && !isRequire) return undefined;
    const given =
      node.type === 'ImportExpression' ? node.source : node.type === 'CallExpression' ? firstArgument(node) : undefined;
    const value = staticPath(given, this.location);
    const file = value?.placed ? fileOf(value) : undefined;
    const code = file === undefined ? undefined : (codeFile(file) ?? (existsSync(file) ? file : undefined));
    if (given === undefined || code === undefined || !statSync(code).isFile()) return undefined;
    const path = relative(dirname(this.location.file), code).split(sep).join('/');
    return this.replace(given, JSON.stringify(path.startsWith('.') ? path : `./${path}`));
  }

  /** Any other expression that names a file relative to the code's location. */
  private names(node: AnyNode, around: readonly AnyNode[]): boolean {
    this.askedPackage(node);
    // The value of a variable is read where it is assigned.
    if (node.type === 'Identifier') return false;
    const value = staticPath(node, this.location);
    if (!value?.placed) return true;
    const file = fileOf(value);
    if (file === undefined || file === this.location.file) return false;
    const found = codeFile(file) ?? (existsSync(file) ? file : undefined);
    // Code that names its own folder or one above it only starts a search there.
    if (found === undefined || this.location.file.startsWith(`${found}${sep}`)) return false;
    const call = around.at(-1);
    const isRead = call?.type === 'CallExpression' && READERS.test(memberName(call.callee) ?? '');
    const owner = packageOf(`${found}${sep}`);
    if (owner !== undefined) this.packages.add(owner.name);
    else if (isCode(found) && !isRead) {
      this.namesPrograms = true;
      this.startsFrom(node, found, value.type);
    } else this.named.add(found);
    return false;
  }

  private askedPackage(node: AnyNode): void {
    if (node.type !== 'CallExpression' || !isResolve(node.callee, this.location.names)) return;
    const given = firstArgument(node);
    const [name] = given?.type === 'Literal' ? (/^(?:@[^/]+\/)?[^./:@][^/:]*/.exec(String(given.value)) ?? []) : [];
    if (name !== undefined) this.packages.add(name);
  }

  private replace(node: AnyNode, text: string): false {
    this.edits.push({ start: node.start, end: node.end, text });
    return false;
  }

  private text(node: AnyNode): string {
    return this.code
      .slice(node.start, node.end)
      .replace(/__stp_(dirname|filename|url)_\w+/g, (_, kind: string) =>
        kind === 'url' ? 'import.meta.url' : `__${kind}`,
      );
  }

  private fault(node: AnyNode, text: string, kind: Pick<Fault, 'dynamic' | 'passed'>): void {
    const before = this.code.slice(0, node.start).split('\n');
    const found = new SourceMap(JSON.parse(this.map)).findEntry(before.length - 1, before.at(-1)?.length ?? 0);
    const [line, column] = 'originalLine' in found ? [found.originalLine, found.originalColumn] : [0, 0];
    this.faults.push({ line: line + 1, column: column + 1, text, ...kind });
  }
}
