import type { ResolvedConfig } from '../../../modules/stack-config/config';
import type { ConfigProblem, StackPicture } from '../../model/stack';

/** What the process that loads the config is told: to begin, or a question about what it has loaded. */
export type ToLoader =
  | { readonly type: 'load' }
  | { readonly type: 'ask'; readonly number: number; readonly name: string; readonly argument: unknown };

/** What it sends. */
export type FromLoader = Loaded | Refused | Answer;

/** The config is valid. */
export interface Loaded {
  readonly type: 'loaded';
  /** Absolute path of the config. */
  readonly file: string;
  readonly config: ResolvedConfig;
  readonly picture: StackPicture;
  readonly files: readonly string[];
}

/** The config has problems. */
export interface Refused {
  readonly type: 'refused';
  readonly problems: readonly ConfigProblem[];
  readonly report: string;
  readonly files: readonly string[];
}

/** The answer to a question, or why there is none. */
export type Answer = { readonly type: 'answer'; readonly number: number } & (
  | { readonly value: unknown; readonly error?: never }
  | { readonly error: { readonly kind: 'usage' | 'failure' | 'defect'; readonly message: string } }
);
