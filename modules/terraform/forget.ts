import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TerraformStack } from 'cdktf';
import { addCustomSynthesis } from 'cdktf/lib/synthesize/synthesizer';
import { Construct } from 'constructs';
import { directoryOf } from './stack-file';

/** A separate file, because Checkov can't read a stack with such blocks in its JSON. */
const FILE = 'removed.tf';

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
  const former = new Construct(scope, id);
  const addresses = FORGOTTEN.get(stack) ?? new Set();
  if (addresses.size === 0) writeForgotten(former);
  FORGOTTEN.set(stack, addresses.add(`${terraformType}.${stack.getLogicalId(former.node)}`));
}

/** Writes what a construct's stack forgets, when the construct is synthesized. Removes what an earlier synthesis wrote if it is nothing. */
export function writeForgotten(construct: Construct): void {
  const stack = TerraformStack.of(construct);
  addCustomSynthesis(construct, {
    onSynthesize: (session) => {
      const directory = directoryOf(stack, session);
      const file = join(directory, FILE);
      const addresses = [...(FORGOTTEN.get(stack) ?? [])].sort();
      if (addresses.length === 0) return rmSync(file, { force: true });
      mkdirSync(directory, { recursive: true });
      writeFileSync(file, addresses.map(removedBlock).join('\n'));
    },
  });
}

function removedBlock(address: string): string {
  return `removed {\n  from = ${address}\n  lifecycle {\n    destroy = false\n  }\n}\n`;
}
