import { basename } from 'node:path';
import type { TransformOptions } from 'esbuild';
import { moduleVariableName } from './module-paths';
import type { SourceLocation } from './static-path';
import type { CompilerOptions } from './tsconfig';

/** A file, and the path of its code in the image. */
export interface OwnSource extends Omit<SourceLocation, 'names'> {
  /** Whether its types are already removed. */
  readonly typed: boolean;
}

/** How esbuild transforms a file's code, replacing the expressions for its own path by variables. */
export function transformOptions({ file, path, typed }: OwnSource, compilerOptions: CompilerOptions): TransformOptions {
  const [, ending = 'js'] = /\.[cm]?([jt]sx?)$/.exec(file) ?? [];
  return {
    loader: typed ? 'jsx' : (ending as 'js' | 'jsx' | 'ts' | 'tsx'),
    target: 'es2024',
    supported: { 'import-attributes': true },
    charset: 'utf8',
    logLevel: 'silent',
    sourcemap: 'external',
    sourcefile: basename(file),
    tsconfigRaw: { compilerOptions: compilerOptions as object },
    define: {
      __dirname: moduleVariableName('dirname', path),
      __filename: moduleVariableName('filename', path),
      'import.meta.dirname': moduleVariableName('dirname', path),
      'import.meta.filename': moduleVariableName('filename', path),
      'import.meta.url': moduleVariableName('url', path),
      'import.meta.main': moduleVariableName('main', path),
    },
  };
}
