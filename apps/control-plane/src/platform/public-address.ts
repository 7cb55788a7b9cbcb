import ipaddr from 'ipaddr.js';

const globalV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * True for an address that anybody on the internet may reach. Loopback, private, link-local, shared, multicast, documentation and
 * every other special range are not, nor is an IPv4 address in the clothes of an IPv6 one, nor what is no address at all.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(globalV6);
}
