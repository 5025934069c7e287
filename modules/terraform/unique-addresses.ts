import { TerraformDataSource, TerraformElement, TerraformOutput, TerraformResource, type TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';

/**
 * The Terraform addresses that two elements of a stack share, each as a sentence. CDKTF removes characters from IDs (`A.B` and `AB` become
 * the same) and would let the later element silently replace the earlier one. Runs in linear time.
 */
export function sharedAddresses(stack: TerraformStack): string[] {
  const owners = new Map<string, IConstruct>();
  return stack.node.findAll().flatMap((element) => {
    const address = addressOf(element);
    if (address === undefined) return [];
    const owner = owners.get(address);
    if (owner === undefined) {
      owners.set(address, element);
      return [];
    }
    return [`${owner.node.path} and ${element.node.path} share the Terraform address ${address}: rename one of them`];
  });
}

/** The address of a resource, data source or output in Terraform. */
export function addressOf(element: IConstruct): string | undefined {
  if (!TerraformElement.isTerraformElement(element)) return undefined;
  if (TerraformResource.isTerraformResource(element))
    return `${element.terraformResourceType}.${element.friendlyUniqueId}`;
  if (TerraformDataSource.isTerraformDataSource(element)) {
    return `data.${element.terraformResourceType}.${element.friendlyUniqueId}`;
  }
  return TerraformOutput.isTerraformOutput(element) ? `output.${element.friendlyUniqueId}` : undefined;
}
