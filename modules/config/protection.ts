import { Aspects, TerraformResource } from 'cdktf';
import type { IConstruct } from 'constructs';
import { PROTECTED_TAG, PROTECTED_TYPES } from '../rules/protected-types';

/** The resources of the provider that can be protected. */
interface Tagged extends TerraformResource {
  tags: { readonly [key: string]: string };
  readonly tagsInput?: { readonly [key: string]: string };
}

/**
 * Protects what a construct consists of: Terraform refuses each plan that would delete or replace a resource with data or runs, as long as
 * it is in the config. A tag lets our commands refuse it afterwards too.
 */
export function protect(construct: IConstruct): void {
  // At synthesis, because events and other jobs add resources later.
  Aspects.of(construct).add({
    visit(node) {
      if (!TerraformResource.isTerraformResource(node) || !PROTECTED_TYPES.has(node.terraformResourceType)) return;
      node.lifecycle = { ...node.lifecycle, preventDestroy: true };
      const tagged = node as Tagged;
      tagged.tags = { ...tagged.tagsInput, [PROTECTED_TAG]: 'true' };
    },
  });
}
