import { createRequire } from 'node:module';

/** The parts of the TypeScript compiler that are used here. TypeScript 7 no longer has `transpileModule`. */
interface Compiler {
  readonly version: string;
  readonly ModuleKind: { readonly ESNext: number };
  readonly ScriptTarget: { readonly ES2022: number };
  readonly transpileModule?: (
    text: string,
    options: { fileName: string; compilerOptions: { readonly [option: string]: boolean | number } },
  ) => { readonly outputText: string };
}

/** Why the types of decorated members cannot be kept. */
export type NoCompiler = 'missing' | { readonly version: string };

/** The TypeScript compiler that is installed in a file's project. */
export function compilerOf(file: string): Required<Compiler> | NoCompiler {
  const require = createRequire(file);
  let compiler: Compiler;
  try {
    compiler = require('typescript');
  } catch {
    return 'missing';
  }
  const { transpileModule } = compiler;
  return transpileModule === undefined ? { version: compiler.version } : { ...compiler, transpileModule };
}

/** Whether a file is TypeScript that might contain decorators. */
export function hasDecorators(file: string, text: string): boolean {
  return /\.[cm]?tsx?$/.test(file) && /@\s*[\w$(]/.test(text);
}

/** Compiles a TypeScript file to JavaScript that keeps the types of decorated members, which the bundler drops. */
export function withMetadata(compiler: Required<Compiler>, file: string, text: string): string {
  const compilerOptions = {
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    module: compiler.ModuleKind.ESNext,
    target: compiler.ScriptTarget.ES2022,
    useDefineForClassFields: false,
    inlineSourceMap: true,
    inlineSources: true,
  };
  return compiler.transpileModule(text, { fileName: file, compilerOptions }).outputText;
}
