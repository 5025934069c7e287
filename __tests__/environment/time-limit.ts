/** What this project uses of a file's tests, as jest-circus keeps them. */
export interface Test {
  readonly type: 'test';
  mode?: string | null;
}

export interface Tests {
  readonly type: 'describeBlock';
  readonly children: readonly (Test | Tests)[];
}

/** What jest-circus tells before it runs a block of tests, of which the outermost is the file, or one test. */
export interface TestEvent {
  readonly name: string;
  readonly describeBlock?: Tests;
  readonly test?: Test;
}

/** Skips a test, or all tests of a block with their hooks. */
function skip(tests: Test | Tests): void {
  if (tests.type === 'test') tests.mode = 'skip';
  else for (const child of tests.children) skip(child);
}

/**
 * Tests that would begin when the time is up are skipped. So a run with a time limit says, on a machine that is too slow for it, what the tests
 * that it had time for found. What was set up for a file's earlier tests is taken down as always.
 */
export class TimeLimit {
  /** Whether a test was skipped. */
  reached = false;

  /** @param until seconds since 1970; without it, or empty, there is no limit */
  constructor(
    private readonly until: string | undefined,
    private readonly now = Date.now,
  ) {}

  /** Hears what is about to run, and skips it if the time is up. */
  before({ name, describeBlock, test }: TestEvent): void {
    if (!this.until || this.now() / 1_000 <= Number(this.until)) return;
    const tests = name === 'run_describe_start' ? describeBlock : name === 'test_start' ? test : undefined;
    if (tests === undefined) return;
    skip(tests);
    this.reached = true;
  }
}
