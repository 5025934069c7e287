import { mkdirSync, writeFileSync } from 'node:fs';
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
  const addresses = FORGOTTEN.get(stack) ?? writtenWith(stack, former);
  addresses.add(`${terraformType}.${stack.getLogicalId(former.node)}`);
}

/** The addresses of a stack, which are written when a construct of it is. */
function writtenWith(stack: TerraformStack, construct: Construct): Set<string> {
  const addresses = new Set<string>();
  FORGOTTEN.set(stack, addresses);
  addCustomSynthesis(construct, {
    onSynthesize: (session) => {
      const directory = directoryOf(stack, session);
      mkdirSync(directory, { recursive: true });
      writeFileSync(join(directory, FILE), [...addresses].sort().map(removedBlock).join('\n'));
    },
  });
  return addresses;
}

function removedBlock(address: string): string {
  return `removed {\n  from = ${address}\n  lifecycle {\n    destroy = false\n  }\n}\n`;
}
