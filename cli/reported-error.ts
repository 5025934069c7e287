import { tmpdir } from 'node:os';
import { inspect } from 'node:util';
import { ConfigError } from '../modules/config/problem';
import { FAILED, NOT_STARTED } from './subcommands';
import { errorLines } from './terminal-lines';
import { UsageError } from './usage-error';
import { visibleText } from './visible-text';

/** What a person asked for was begun and did not come to its end. Its message says all there is to know. */
export class CommandFailure extends Error {}

/**
 * Prints an error: a message if it is about what a person gave or about this machine, and a stack trace if it is a defect.
 *
 * @returns the exit code
 */
export function reportError(error: unknown): number {
  const text = reportOf(error);
  // Anything else is a defect of this project, and its stack trace belongs into the report.
  console.error(text ?? inspect(error));
  return error instanceof UsageError ? NOT_STARTED : FAILED;
}

/** Whether an error is a defect of this project. */
export function isDefect(error: unknown): boolean {
  return reportOf(error) === undefined;
}

/** What a person reads of an error that says all there is to know; undefined for a defect. */
function reportOf(error: unknown): string | undefined {
  const config = error instanceof UsageError ? error.cause : error;
  if (config instanceof ConfigError) return errorLines(config, process.stderr);
  // They can quote a file or another program.
  if (error instanceof UsageError || error instanceof CommandFailure) return visibleText(error.message, false);
  return isSystemError(error) ? systemFault(error) : undefined;
}

/** A system call that failed is about this machine. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

/** What was not possible on this machine. */
export function systemFault(error: NodeJS.ErrnoException): string {
  if (error.code !== 'ENOSPC') return error.message;
  return `no space is left in ${tmpdir()}: free some, or set TMPDIR to a folder on another disk`;
}
