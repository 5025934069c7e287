import { foundValue } from '../problems/found';
import type { Finding } from '../problems/problem';

const ACCEPTED = 'an IPv4 range from /16 to /24, such as 10.1.0.0/16';

/**
 * The problem with the address range of a VPC, or undefined. AWS accepts /16 to /28 for a VPC and for a subnet. The stack's sixteen
 * subnets are four bits smaller than the VPC, so the VPC's range ends at /24.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
 */
export function cidrBlockProblem(range: string): Finding | undefined {
  const [, address = '', bits = ''] = /^(\d{1,3}(?:\.\d{1,3}){3})\/(\d{1,2})$/.exec(range) ?? [];
  const numbers = address.split('.').map(Number);
  const found = foundValue(range);
  if (bits === '' || numbers.some((number) => number > 255)) {
    return { found, accepted: ACCEPTED, fix: 'use a private range such as 10.1.0.0/16' };
  }
  const size = Math.min(Math.max(Number(bits), 16), 24);
  const network = `${networkAddress(numbers, size)}/${size}`;
  if (network === range) return undefined;
  return { found, accepted: `${ACCEPTED}, that starts at its first address`, fix: `use ${network}` };
}

/** The first address of the network with this prefix length. */
function networkAddress(numbers: readonly number[], bits: number): string {
  return numbers.map((number, index) => number & (0xff << Math.min(8, Math.max(0, 8 * (index + 1) - bits)))).join('.');
}
