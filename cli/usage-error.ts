/** What a person asked for cannot be done, and nothing was started. Its message is one line and says all there is to know. */
export class UsageError extends Error {}
