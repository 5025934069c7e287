import type { Command } from 'commander';
import { awsOptions } from './operate/options';
import { localOption } from './operate/recorded/options';
import type { RunsOptions } from './operate/runs/list';

/** `batch-jobs runs`: lists runs. */
export function define(command: Command) {
  command
    .argument('[job]', 'a job of the config (default: all)')
    .option('--status <status>', 'only runs with this status; repeat it, or separate several by commas', several, [])
    .option('--since <time>', 'only runs started since then: 90m, 2h, 2d, 2026-11-20 or a time')
    .option('--limit <number>', 'the newest runs to list, 1 to 1,000 (default: 20)', '20');
  localOption(command);
  awsOptions(command, 'print one JSON document');
  return (job: string | undefined, options: RunsOptions) => program().list(job, options);
}

function several(text: string, before: readonly string[]): readonly string[] {
  return [...before, ...text.split(',').filter((word) => word.trim() !== '')];
}

function program() {
  return require('./operate/runs/list') as typeof import('./operate/runs/list');
}
