import type { TerraformStack } from 'cdktf';
import { CollectedProblems } from '../problems/collected-problems';

const CHECKS = new WeakMap<TerraformStack, (() => void)[]>();

/**
 * Runs a check of a stack at synthesis, when all changes to its resources are applied. All checks of a stack make one report: CDKTF would
 * stop at the first that throws.
 *
 * @param check throws a ConfigError if there are problems
 */
export function checkAtSynthesis(stack: TerraformStack, check: () => void): void {
  const earlier = CHECKS.get(stack);
  if (earlier !== undefined) {
    earlier.push(check);
    return;
  }
  const checks = [check];
  CHECKS.set(stack, checks);
  stack.node.addValidation({
    validate: () => {
      const problems = new CollectedProblems();
      for (const one of checks) problems.attempt(one);
      problems.report(stack.node.path);
      return [];
    },
  });
}
