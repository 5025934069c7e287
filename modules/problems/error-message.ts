/** The message of any thrown value. */
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
  // Objects without a message would all read "[object Object]".
  return JSON.stringify(thrown) ?? String(thrown);
}
