import { isIP } from 'node:net';

/** Whether a string is a range of IPv4 or IPv6 addresses in CIDR notation: `203.0.113.0/24`, `2001:db8::/32`. */
export function isIpRange(text: string): boolean {
  const [address = '', bits = '', ...rest] = text.split('/');
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return rest.length === 0 && /^(0|[1-9]\d{0,2})$/.test(bits) && Number(bits) <= most;
}
