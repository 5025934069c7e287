import { tmpdir } from 'node:os';
import { inspect } from 'node:util';
import { configError, recordError } from './error-document';
import { FAILED, NOT_STARTED } from './exit-code';
import { messageText, problemsText } from './terminal-lines';
import { UsageError } from './usage-error';
import { visibleText } from './visible-text';

/** A command that was started and failed. The message is complete, so no stack trace is printed. */
export class CommandFailure extends Error {}

/**
 * Prints an error: the message if it is about the user's input or this machine, or a stack trace if it is a defect. With `--json`, also
 * records it for standard output.
 *
 * @returns the exit code
 */
export function reportError(error: unknown): number {
  const text = reportOf(error);
  // Anything else is a defect of this project, and a bug report needs the stack trace.
  console.error(text ?? inspect(error));
  recordError(error);
  return error instanceof UsageError ? NOT_STARTED : FAILED;
}

/** Whether an error is a defect of this project. */
export function isDefect(error: unknown): boolean {
  return reportOf(error) === undefined;
}

/** The message of an error that is complete without a stack trace. Undefined for a defect. */
function reportOf(error: unknown): string | undefined {
  const config = configError(error);
  if (config !== undefined) return problemsText(config, process.stderr);
  // Messages can quote a file or another program, whose text might contain control characters.
  if (error instanceof UsageError || error instanceof CommandFailure)
    return messageText(visibleText(error.message, false), process.stderr);
  return isSystemError(error) ? messageText(systemFault(error), process.stderr) : undefined;
}

/** A failed system call is a problem of this machine, not a defect. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

/** What this machine could not do. */
export function systemFault(error: NodeJS.ErrnoException): string {
  if (error.code !== 'ENOSPC') return error.message;
  return `no space is left in ${tmpdir()}: free some, or set TMPDIR to a folder on another disk`;
}
