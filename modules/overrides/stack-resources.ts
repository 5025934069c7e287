import { TerraformResource } from 'cdktf';
import type { IConstruct } from 'constructs';

type Resources = Map<string, TerraformResource>;

/**
 * The resources of a companion by name: the IDs of the constructs below it, without `Resource`. The resource itself is called as its type:
 * `Bucket`, `SqsQueue`.
 */
export function companionResources(companion: IConstruct, type: string): Resources {
  return named(resourcesIn(companion), (path) => joined(below(path, companion)) || pascalCase(type));
}

/** Starts of the names of what the parts that jobs share consist of, by the IDs of these parts. Other parts are called by their IDs. */
const PARTS: readonly (readonly [path: string, start: string])[] = [
  ['batch-platform/capacity', ''],
  ['batch-platform', ''],
  ['batch-network', 'Network'],
  ['stack-dashboard', 'Dashboard'],
];

/** The resources of a stack that belong to no job and no companion, by name. */
export function sharedResources(stack: IConstruct, owned: readonly IConstruct[]): Resources {
  const others = new Set(owned.flatMap(resourcesIn));
  const shared = resourcesIn(stack).filter((resource) => !others.has(resource));
  return named(shared, (path) => {
    const own = below(path, stack);
    const [part, start] = PARTS.find(([each]) => own.join('/').startsWith(`${each}/`)) ?? ['', ''];
    const rest = part === '' ? own : own.slice(part.split('/').length);
    // The names of kinds of capacity stay as they are: `spot-cpu-x86-64-environment`.
    return start + joined(own[1] === 'capacity' ? rest : rest.map(pascalCase));
  });
}

function named(resources: readonly TerraformResource[], nameOf: (path: string) => string): Resources {
  return new Map(resources.map((resource) => [nameOf(resource.node.path), resource]));
}

function resourcesIn(construct: IConstruct): TerraformResource[] {
  return construct.node.findAll().filter((node) => TerraformResource.isTerraformResource(node));
}

function below(path: string, construct: IConstruct): string[] {
  return path
    .slice(construct.node.path.length + 1)
    .split('/')
    .filter((id) => id !== '');
}

/** `InstanceRole/Role/Policy` becomes `InstanceRolePolicy`. */
function joined(ids: readonly string[]): string {
  return ids.filter((id, index) => id !== 'Resource' && !ids[index - 1]?.endsWith(id)).join('');
}

function pascalCase(id: string): string {
  return id.replace(/(?:^|-)([a-z])(?=[a-z])/g, (_, letter: string) => letter.toUpperCase());
}
