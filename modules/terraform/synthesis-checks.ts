import type { TerraformStack } from 'cdktf';
import type * as Synthesizer from 'cdktf/lib/synthesize/synthesizer';
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

/** Runs the checks of a stack before its synthesis, for a stack that has problems already and is never synthesized. */
export function attemptChecks(stack: TerraformStack, problems: CollectedProblems): void {
  const { invokeAspects } = require('cdktf/lib/synthesize/synthesizer') as typeof Synthesizer;
  // Arranges what synthesis would: a long policy is no problem if it can be spread over several.
  problems.attempt(() => invokeAspects(stack));
  for (const one of CHECKS.get(stack) ?? []) problems.attempt(one);
}
