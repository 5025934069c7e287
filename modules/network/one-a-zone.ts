import type { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Token } from 'cdktf';

/**
 * Ids of the first of some subnets in each zone that they are in, for what takes no two of one zone. Told by where the subnets are rather than
 * by how many zones the region has: in a region with two, the third subnet shares a zone, and keeps it if a third zone opens.
 */
export function oneAZone(subnets: readonly Subnet[]): string[] {
  // Addresses and not references: CDKTF would wrap each in braces of its own.
  const addresses = subnets.map((subnet) => `${subnet.terraformResourceType}.${subnet.friendlyUniqueId}`);
  const byZone = `{for subnet in [${addresses.join(', ')}] : subnet.availability_zone => subnet.id...}`;
  return Token.asList(`\${[for ids in values(${byZone}) : ids[0]]}`);
}
