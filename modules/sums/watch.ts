import type { TerraformStack } from 'cdktf';
import { ConfigError } from '../problems/config-error';
import { checkAtSynthesis } from '../terraform/synthesis-checks';
import { countExcesses, tagExcesses } from './counts';
import { documentExcesses } from './documents';
import { type Excess, partOf, resourcesByType } from './sum';

/** Path in the error message for a property of an element of the stack. It has no keys for the element itself. */
type Naming = (name: string, keys: readonly string[]) => readonly PropertyKey[];

const WATCHED = new WeakSet<TerraformStack>();

/**
 * Makes synthesis fail if a sum in the stack exceeds a quota of AWS. Each part can be valid alone, and all changes to resources are
 * already applied. Runs once per stack: the first call determines the paths in the error message.
 *
 * @throws ConfigError at synthesis, with all sums over their quota
 */
export function watchSums(stack: TerraformStack, naming: Naming = (name, keys) => [name, ...keys]): void {
  if (WATCHED.has(stack)) return;
  WATCHED.add(stack);
  checkAtSynthesis(stack, () => {
    const excesses = sumExcesses(stack);
    if (excesses.length === 0) return;
    const problems = excesses.map(({ at, keys, ...finding }) => ({
      code: 'aws-limit' as const,
      keys: naming(partOf(at, stack), keys),
      ...finding,
    }));
    const different = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
    throw new ConfigError([...different.values()], stack.node.path);
  });
}

/** All sums over a quota of AWS. */
export function sumExcesses(stack: TerraformStack): Excess[] {
  const types = resourcesByType(stack);
  return [...tagExcesses(stack, types), ...countExcesses(types), ...documentExcesses(types)];
}
