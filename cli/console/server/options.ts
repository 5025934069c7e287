import type { AwsOptions } from '../../operate/options';

/** Options of the command line. */
export interface ConsoleOptions extends AwsOptions {
  readonly port?: string;
  readonly open: boolean;
  readonly aws: boolean;
  readonly readOnly: boolean;
}
