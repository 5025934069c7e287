import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';

/** Addresses that each stack forgets. */
const FORGOTTEN = new WeakMap<TerraformStack, Set<string>>();

/**
 * Lets Terraform forget a resource that an earlier release created, without a change in AWS. For settings that AWS has without the
 * resource: to destroy the resource would turn the setting off. Has no effect on a stack that never had it.
 *
 * @param id the ID that the construct had in the scope
 * @see https://developer.hashicorp.com/terraform/language/block/removed
 */
export function forget(scope: Construct, terraformType: string, id: string): void {
  const stack = TerraformStack.of(scope);
  // In its place, so that no other construct can get the address.
  const { node } = new Construct(scope, id);
  const addresses = FORGOTTEN.get(stack) ?? new Set();
  FORGOTTEN.set(stack, addresses.add(`${terraformType}.${stack.getLogicalId(node)}`));
  stack.addOverride(
    'removed',
    [...addresses].sort().map((from) => ({ from, lifecycle: { destroy: false } })),
  );
}
