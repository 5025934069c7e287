import type { TerraformResource, TerraformStack } from 'cdktf';
import type { BatchJob } from './batch-job';
import type { Overrides } from './config/overrides';
import { applyOverrides } from './overrides/overrides';
import { companionResources, sharedResources } from './overrides/stack-resources';
import { ConfigError } from './problems/config-error';
import { inside, type StatedProblem } from './problems/problem';
import type { ResourceCatalog } from './resources/catalog';
import type { ResolvedConfig } from './stack-config/config';

/** A stack with the resources of a config, as its children by their names. */
interface MadeStack extends TerraformStack {
  readonly jobs: ReadonlyMap<string, BatchJob>;
}

/**
 * Sets the `overrides` of companions and those of what jobs share. Jobs set theirs themselves.
 *
 * @param incomplete resources with problems: overrides could name parts that they have not yet, so no name is unknown
 * @throws ConfigError with all problems of the overrides
 */
export function overrideResources(
  stack: MadeStack,
  { resources, overrides = {} }: ResolvedConfig,
  catalog: ResourceCatalog,
  incomplete: ReadonlySet<string>,
): void {
  const companions = Object.entries(resources).flatMap(([name, resource]) => {
    const construct = stack.node.tryFindChild(name);
    return resource.type === 'batch-job' || construct === undefined ? [] : [{ name, resource, construct }];
  });
  const problems = companions.flatMap(({ name, resource, construct }): StatedProblem[] => {
    if (!('overrides' in resource) || resource.overrides === undefined) return [];
    const own = companionResources(construct, resource.type);
    const found = located(['resources', name, 'overrides'], own, resource.overrides, `"${name}"`);
    return incomplete.has(name) ? found.filter(({ keys }) => keys.length > 4) : found;
  });
  const jobs = [...stack.jobs.values()].flatMap((job) => [job, ...job.resources.values()]);
  const shared = () => sharedResources(stack, [...companions.map(({ construct }) => construct), ...jobs]);
  if (Object.keys(overrides).length > 0) {
    const found = located(['overrides'], shared(), overrides, 'the stack itself');
    problems.push(...(incomplete.size === 0 ? found : found.filter(({ keys }) => keys.length > 2)));
  }
  if (problems.length > 0) throw new ConfigError(problems, stack.node.path);

  function located(
    base: readonly PropertyKey[],
    own: ReadonlyMap<string, TerraformResource>,
    given: Overrides,
    owner: string,
  ) {
    return applyOverrides(own, catalog.resolve(given), owner).map((problem) => inside(problem, base));
  }
}
