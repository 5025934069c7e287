/** A command that can't be run as requested: nothing was started. The message is one line, and complete without a stack trace. */
export class UsageError extends Error {}
