/** Exit code of a command that succeeded. */
export const DONE = 0;
/** Exit code of a command that failed. */
export const FAILED = 1;
/** Exit code of a command that was not started, because its arguments are not valid or it has nothing to work on. */
export const NOT_STARTED = 2;
