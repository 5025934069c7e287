import { ConfigError, statedProblems } from './config-error';
import type { StatedProblem } from './problem';

/** Steps that go on after one that has problems, so that one report has those of all. */
export class CollectedProblems {
  private readonly errors: ConfigError[] = [];

  /** Whether a step had problems. */
  get any(): boolean {
    return this.errors.length > 0;
  }

  /**
   * What a step makes. Undefined if it has problems.
   *
   * @throws what the step throws that is no problem of a config. After a step with problems, it is taken for the lack of what that step
   * did not make, and is undefined as well
   */
  attempt<T>(step: () => T): T | undefined {
    try {
      return step();
    } catch (error) {
      if (error instanceof ConfigError) this.errors.push(error);
      else if (!this.any) throw error;
      return undefined;
    }
  }

  /** What a step makes of each item, without those that it has problems with. */
  each<Item, T>(items: readonly Item[], step: (item: Item) => T): T[] {
    return items.flatMap((item) => this.attempt(() => [step(item)]) ?? []);
  }

  /**
   * @param source of a report about several steps, see {@link ConfigError}
   * @throws ConfigError with the problems of all steps, each once
   */
  report(source: string): void {
    const [first, ...others] = this.errors;
    if (first === undefined) return;
    if (others.length === 0) throw first;
    const problems = new Map<string, StatedProblem>();
    for (const { path, ...problem } of this.errors.flatMap(statedProblems)) {
      const key = `${path}: ${problem.message}`;
      if (!problems.has(key)) problems.set(key, problem);
    }
    throw new ConfigError([...problems.values()], source);
  }
}
