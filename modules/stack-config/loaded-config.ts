import type { FileHint } from '../config/file-hint';
import type { MovedPart } from '../config/moved-parts';
import type { ParseOptions } from '../config/parse';
import type { ResolvedConfig } from './config';

/** A config that was read from a file. */
export interface LoadedConfig {
  /** Absolute path of the file. Paths in the config are relative to its folder. */
  readonly file: string;
  readonly config: ResolvedConfig;
  /** Finds the place of a path in the file. @default unknown for TypeScript and JavaScript */
  readonly locate?: ParseOptions['locate'];
  /** What has no effect in the file, or might not be intended, and what to do about it. @default none */
  readonly hints?: readonly FileHint[];
  /** Parts of the config that are elsewhere in the file. @default none */
  readonly moved?: readonly MovedPart[];
}
