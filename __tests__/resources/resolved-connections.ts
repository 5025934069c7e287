import type { TerraformStack } from 'cdktf';
import { resolved } from '../../modules/terraform/resolved';

/** Connections as Terraform gets them, without the hashes of ids. */
export function resolvedWithoutHashes(stack: TerraformStack, connections: unknown) {
  return JSON.parse(JSON.stringify(resolved(stack, connections)).replace(/_[0-9A-F]{8}\b/g, ''));
}
