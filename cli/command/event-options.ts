import type { Command } from 'commander';
import { UsageError } from './usage-error';

/** Type of a trigger of a job, and its position among those of its type, from 1. */
export interface WantedSample {
  readonly type: string;
  readonly place: number;
}

/** Options that choose the event of a run that a person starts. */
export interface EventOptions {
  /** File with the event; `-` is standard input. */
  readonly event?: string;
  /** @default the job's first trigger */
  readonly eventType?: WantedSample;
}

/** The event of a run: a file's, or a sample. */
export type EventChoice =
  | {
      /** File with the event; `-` is standard input. */
      readonly eventFile: string;
      readonly eventType?: never;
    }
  | {
      readonly eventFile?: never;
      /** @default the job's first trigger */
      readonly eventType?: WantedSample;
    };

/** Adds `--event`, `--event-type` and `--print-event`. */
export function eventOptions(command: Command): Command {
  return command
    .option('--event <file>', 'the event that the job gets, a JSON file; - reads standard input')
    .option(
      '--event-type <type>',
      "a sample event of the job's trigger of that type, <type>:2 for the second (default: its first trigger)",
      wantedSample,
    )
    .option('--print-event', 'print that event and stop', false);
}

/** @throws UsageError for both */
export function eventChoice({ event: eventFile, eventType }: EventOptions): EventChoice {
  if (eventFile === undefined) return { eventType };
  if (eventType === undefined) return { eventFile };
  throw new UsageError('--event and --event-type exclude each other. Remove one of the two.');
}

function wantedSample(text: string): WantedSample {
  const [type = '', place = '1', ...more] = text.split(':');
  if (more.length > 0) throw new UsageError(`--event-type accepts <type> or <type>:<place>. Found "${text}".`);
  return { type, place: wholeNumber('The place in --event-type', place, 1) };
}

export function wholeNumber(option: string, text: string, least: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number >= least) return number;
  throw new UsageError(`${option} accepts whole numbers from ${least}. Found "${text}".`);
}
