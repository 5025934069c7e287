import { BundledFunction } from '../../modules/bundled-function';
import type { BatchJobsStack } from '../../modules/stack';

/** The packages of functions that might not work in a bundle, and what there is instead. */
export function packageHints(stack: BatchJobsStack) {
  return stack.node.children.flatMap((part) => {
    if (!(part instanceof BundledFunction) || part.doubtedPackages.length === 0) return [];
    const packages = part.doubtedPackages.map(({ name, reason }) => `"${name}" (${reason})`).join(', ');
    const message =
      `in a bundle, this might not work: ${packages}. If it does not, build the code before synthesis, with its packages, and ` +
      'use custom-artifact';
    return [{ property: `resources.${part.node.id}.properties.packaging`, message }];
  });
}
