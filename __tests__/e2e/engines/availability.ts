/** Whether an engine is on this machine, and if not what is missing and how to get it. */
export type Availability<Engine> =
  | ({ readonly available: true } & Engine)
  | { readonly available: false; readonly reason: string };

/**
 * `describe` if every engine is available, else a skipped block. The reasons are printed, so that a skip doesn't look like a pass.
 * `REQUIRE_ENGINES=1` turns a missing engine into a failure: for machines that are meant to have them all.
 */
export function describeWith(engines: readonly Availability<unknown>[], name: string, tests: () => void): void {
  const reasons = engines.flatMap((engine) => (engine.available ? [] : [engine.reason]));
  if (reasons.length === 0) {
    describe(name, tests);
  } else if (process.env.REQUIRE_ENGINES === '1') {
    describe(name, () => {
      it('has its engines', () => {
        throw new Error(reasons.join('\n'));
      });
    });
  } else {
    process.stderr.write(`SKIPPED: ${name}\n${reasons.map((reason) => `  ${reason}\n`).join('')}`);
    describe.skip(name, tests);
  }
}
