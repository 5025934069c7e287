import { TerraformResource, type TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { Finding } from '../problems/problem';

/** A sum that exceeds a quota of AWS. */
export interface Excess extends Finding {
  /** The construct with the problem. */
  readonly at: IConstruct;
  /** Keys of the property below it to change. None for the element itself. */
  readonly keys: readonly string[];
}

/** All resources of a stack, by Terraform type. */
export type ByType = ReadonlyMap<string, readonly TerraformResource[]>;

export function resourcesByType(stack: TerraformStack): ByType {
  const byType = new Map<string, TerraformResource[]>();
  for (const node of stack.node.findAll()) {
    if (!TerraformResource.isTerraformResource(node)) continue;
    const { terraformResourceType: type } = node;
    byType.set(type, [...(byType.get(type) ?? []), node]);
  }
  return byType;
}

/** Items by the string that `keyOf` returns. */
export function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** Name of the config's resource, or of the stack's construct, that an element is part of. */
export function partOf({ node }: IConstruct, stack: TerraformStack): string {
  return node.scopes[stack.node.scopes.length]?.node.id ?? '';
}
