/** The longest time, in seconds, for which SQS keeps a message: 14 days. */
export const MOST_MESSAGE_RETENTION_SECONDS = 14 * 24 * 60 * 60;
