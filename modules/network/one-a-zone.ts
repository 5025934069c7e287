import type { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Token } from 'cdktf';

/**
 * IDs of the first subnet in each zone, for resources that accept only one per zone. Depends on the zones of the subnets, not on the
 * number of zones in the region: in a region with two, the third subnet shares a zone, and stays there if a third zone opens.
 */
export function oneAZone(subnets: readonly Subnet[]): string[] {
  // Addresses instead of references, because CDKTF would put each in its own braces.
  const addresses = subnets.map((subnet) => `${subnet.terraformResourceType}.${subnet.friendlyUniqueId}`);
  const byZone = `{for subnet in [${addresses.join(', ')}] : subnet.availability_zone => subnet.id...}`;
  return Token.asList(`\${[for ids in values(${byZone}) : ids[0]]}`);
}
