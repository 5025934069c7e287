import type { Command } from 'commander';
import { UsageError } from '../../command/usage-error';

/** The option of a command that can tell one item of a run. */
export interface ItemOption {
  /** As the person wrote it. @default the whole run */
  readonly item?: string;
}

export function itemOption(command: Command, what: string): void {
  command.option('--item <number>', `of a run with items (forEach), ${what} of the one with this index, from 0`);
}

/** @throws UsageError if it is no index of an item */
export function itemNumber(text: string | undefined): number | undefined {
  if (text === undefined || /^\d{1,7}$/.test(text)) return text === undefined ? undefined : Number(text);
  throw new UsageError(`--item ${JSON.stringify(text)} is not the index of an item. The first is 0.`);
}
