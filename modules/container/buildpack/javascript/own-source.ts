import { basename } from 'node:path';
import type { TransformOptions } from 'esbuild';
import { placeName } from './places';
import type { CodePlace } from './static-path';
import type { CompilerOptions } from './tsconfig';

/** A file, and where its code lies in the image. */
export interface OwnSource extends Omit<CodePlace, 'names'> {
  /** Whether its types are already gone. */
  readonly typed: boolean;
}

/** How the bundler writes a file's code anew, with what answers it where it asks for its place. */
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
      __dirname: placeName('dirname', path),
      __filename: placeName('filename', path),
      'import.meta.dirname': placeName('dirname', path),
      'import.meta.filename': placeName('filename', path),
      'import.meta.url': placeName('url', path),
      'import.meta.main': placeName('main', path),
    },
  };
}
