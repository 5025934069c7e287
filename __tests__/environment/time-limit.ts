/** What this project uses of a file's tests, as jest-circus keeps them. */
export interface Tests {
  readonly children: readonly (Tests | { readonly type: 'test'; mode?: string | null })[];
  readonly type: 'describeBlock';
}

/**
 * Whether the time is up: tests of files that begin now are skipped. A run with a time limit on a machine that is too slow for it says what
 * the tests that it had time for found.
 *
 * @param until seconds since 1970; without it, there is no limit
 */
export function timeIsUp(until: string | undefined, now = Date.now()): boolean {
  return until !== undefined && until !== '' && now / 1_000 > Number(until);
}

/** Skips all tests of a file, with their hooks. */
export function skipAll({ children }: Tests): void {
  for (const child of children) {
    if (child.type === 'test') child.mode = 'skip';
    else skipAll(child);
  }
}
