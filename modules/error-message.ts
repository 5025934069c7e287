/** The message of what was thrown, whatever it is. */
export function errorMessage(error: unknown): string {
  try {
    return error instanceof Error ? String(error.message) : described(error);
  } catch {
    return 'something that cannot be shown';
  }
}

function described(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return String(thrown);
  if ('message' in thrown && typeof thrown.message === 'string') return thrown.message;
  // Objects that say nothing of themselves would all read [object Object].
  return JSON.stringify(thrown) ?? String(thrown);
}
