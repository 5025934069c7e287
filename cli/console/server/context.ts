import type { AwsSide } from '../aws/aws-side';
import type { StackSide } from '../config/stack-side';
import type { LocalSide } from '../local/local-side';
import type { Logs } from '../log/logs';
import type { Changes } from './changes';
import type { ConsoleOptions } from './options';

/** What routes work with. There is one for each server. */
export interface ConsoleContext {
  readonly options: ConsoleOptions;
  /** Absolute path of the working folder. */
  readonly folder: string;
  /** The config: its picture or its problems, and what the process that has loaded it answers. */
  readonly stack: StackSide;
  readonly changes: Changes;
  /** The logs of runs. Each place says with `logs.in(place, find)` how its logs are found. */
  readonly logs: Logs;
  /** The runs on this machine. */
  readonly local: LocalSide;
  /** Undefined without `--aws`. */
  readonly aws?: AwsSide;
  /** Registers a function that runs when the server closes, before the process ends. */
  onClose(undo: () => void | Promise<void>): void;
}
