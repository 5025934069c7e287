import type { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { ConfigError } from '../config/problem';
import { countExcesses, tagExcesses } from './counts';
import { documentExcesses } from './documents';
import { type Excess, resourcesByType } from './sum';

/** Path in the report of a property of something in the stack; the property is empty for the thing itself. */
type Naming = (name: string, property: string) => string;

const WATCHED = new WeakSet<TerraformStack>();

/**
 * Has a stack refused at synthesis if something adds up in it to more than AWS takes. Each part may be fine by itself, and whatever changes resources has done so
 * by then. Once for each stack: the first call says how to name what is wrong.
 *
 * @throws ConfigError at synthesis, with everything that is too much
 */
export function watchSums(stack: TerraformStack, naming: Naming = joined): void {
  if (WATCHED.has(stack)) return;
  WATCHED.add(stack);
  stack.node.addValidation({
    validate: () => {
      const excesses = sumExcesses(stack);
      if (excesses.length === 0) return [];
      const problems = excesses.map(({ at, property, ...finding }) => ({
        code: 'aws-limit' as const,
        path: naming(nameOf(at, stack), property),
        ...finding,
      }));
      const different = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
      throw new ConfigError([...different.values()], stack.node.path);
    },
  });
}

function joined(name: string, property: string): string {
  return property === '' ? name : `${name}.${property}`;
}

/** Everything that adds up to more than AWS takes. */
export function sumExcesses(stack: TerraformStack): Excess[] {
  const types = resourcesByType(stack);
  return [...tagExcesses(stack, types), ...countExcesses(types), ...documentExcesses(types)];
}

/** Name of the resource of the config, or of the construct in the stack, that something is part of. */
function nameOf({ node }: IConstruct, stack: TerraformStack): string {
  return node.path.slice(stack.node.path.length + 1).split('/')[0] ?? '';
}
