/** Writes one line to the log for each invocation. */
export async function handler(event: unknown): Promise<void> {
  console.log(JSON.stringify({ level: 'info', event }));
}
