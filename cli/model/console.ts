/** The commands that the page shows, by subcommand and arguments. */
export const PAGE_COMMANDS = ['console', 'console --aws', 'deploy', 'diff', 'local <job>', 'undelivered'] as const;

export type PageCommand = (typeof PAGE_COMMANDS)[number];

/** What every screen needs to know. */
export interface ConsoleState {
  readonly stackName: string;
  /** Path of the config relative to the working folder. */
  readonly configFile: string;
  /** Whether writes are hidden, and refused. */
  readonly isReadOnly: boolean;
  readonly aws: AwsState;
  /** Commands as this folder's package manager runs them: `npm run deploy`, `npx batch-jobs deploy`. */
  readonly commands: Readonly<Record<PageCommand, string>>;
}

/** `off`: the console was started without `--aws`. */
export type AwsState =
  | { readonly kind: 'off' }
  /** The first request to AWS is under way. */
  | { readonly kind: 'opening'; readonly region?: string }
  | { readonly kind: 'on'; readonly account: string; readonly region: string; readonly undelivered?: number }
  | { readonly kind: 'problem'; readonly message: string; readonly region?: string };

/** A line of a log, as the server sends it. */
export type LogLine = LogText & (OutputLine | MarkLine);

interface LogText {
  /** From 0, in the whole log. */
  readonly number: number;
  /** Milliseconds since the run began. */
  readonly at: number;
  /** `2.3` is start 3 of attempt 2. */
  readonly start: string;
  /** At most 4,096 characters. */
  readonly text: string;
  /** Size of the whole line in bytes, if it was cut. */
  readonly bytes?: number;
}

interface OutputLine {
  /** `log`: AWS does not keep the two apart. */
  readonly stream: 'stdout' | 'stderr' | 'log';
  readonly mark?: never;
}

/** Something that happened in the run. */
interface MarkLine {
  readonly stream: 'mark';
  readonly mark: LogMark;
}

/** A line between the lines of the containers. */
export interface LogMark {
  readonly kind: 'interrupted' | 'restart' | 'on-demand' | 'failed' | 'succeeded' | 'stopped' | 'timed-out' | 'note';
  readonly title: string;
  readonly detail: string;
}

/** A message of the stream of server-sent events. It names what changed; the page asks for it. */
export type Change =
  | { readonly type: 'console' }
  | { readonly type: 'stack' }
  | { readonly type: 'runs'; readonly place: 'local' | 'aws' }
  | { readonly type: 'run'; readonly place: 'local' | 'aws'; readonly id: string }
  | { readonly type: 'log'; readonly place: 'local' | 'aws'; readonly id: string; readonly lines: number }
  /** Capacity, or how what is deployed differs from the config. */
  | { readonly type: 'deployed' }
  | { readonly type: 'undelivered' };
