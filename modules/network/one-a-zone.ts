import type { DataAwsSubnet } from '@cdktf/provider-aws/lib/data-aws-subnet';
import type { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Token } from 'cdktf';

/**
 * IDs of the first subnet in each zone, for resources that accept only one per zone. Depends on the zones of the subnets, not on the
 * number of zones in the region: in a region with two, the third subnet shares a zone, and stays there if a third zone opens.
 */
export function oneAZone(subnets: readonly Subnet[]): string[] {
  return Token.asList(`\${[for ids in values(${idsByZone(subnets)}) : ids[0]]}`);
}

/** The same as a map by zone, whose keys are known before the subnets exist. */
export function subnetIdByZone(subnets: readonly Subnet[]): string {
  return firstByZone(idsByZone(subnets));
}

/** The first of a list of existing subnets in each zone. */
export function existingByZone(subnets: DataAwsSubnet, ids: readonly string[]): string {
  const address = `data.${subnets.terraformResourceType}.${subnets.friendlyUniqueId}`;
  const each = `[for id in ${JSON.stringify(ids)} : ${address}[id]]`;
  return firstByZone(`{for subnet in ${each} : subnet.availability_zone => subnet.id...}`);
}

function firstByZone(idsByZone: string): string {
  return `\${{for zone, ids in ${idsByZone} : zone => ids[0]}}`;
}

function idsByZone(subnets: readonly Subnet[]): string {
  // Addresses instead of references, because CDKTF would put each in its own braces.
  const addresses = subnets.map((subnet) => `${subnet.terraformResourceType}.${subnet.friendlyUniqueId}`);
  return `{for subnet in [${addresses.join(', ')}] : subnet.availability_zone => subnet.id...}`;
}
