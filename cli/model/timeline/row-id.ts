/** The ID of the row of an attempt: `a2`. It is also the hash of the row's address. */
export function attemptRowId(attempt: number): string {
  return `a${attempt}`;
}

/** The ID of the row of a start: `a2.3`. */
export function startRowId(attempt: number, start: number): string {
  return `a${attempt}.${start}`;
}

/** The attempt of a row, and its start if the row is one. Undefined for rows of another kind. */
export function parseRowId(id: string): { readonly attempt: number; readonly start?: number } | undefined {
  const [, attempt, start] = /^a(\d+)(?:\.(\d+))?$/.exec(id) ?? [];
  if (attempt === undefined) return undefined;
  return { attempt: Number(attempt), ...(start !== undefined && { start: Number(start) }) };
}
