import type { ConstraintOf } from '@portcullis/contracts';
import ipaddr from 'ipaddr.js';
import type { ValueCheck } from './constraint-check.js';
import { literalsText } from './literal-text.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = [Address, number];

/** An IP address within one of `networks`. Throws when one of them is none. */
export function compileCidr({ networks }: Pick<ConstraintOf<'cidr'>, 'networks'>): ValueCheck {
  const ranges = networks.map(rangeOf);
  const outside = `is not within ${literalsText(networks)}`;
  return (value) => {
    const address = typeof value === 'string' ? addressIn(value) : undefined;
    if (address === undefined) return 'is not an IP address written plainly';
    return ranges.some((range) => isWithin(address, range)) ? undefined : outside;
  };
}

const decimal = /^(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}$/;
const longestAddress = 45;

/** Four plain decimal numbers, or IPv6 without a zone; an octal, hexadecimal or short form means other things to other readers. */
function addressIn(text: string): Address | undefined {
  if (text.length > longestAddress) return undefined;
  if (ipaddr.IPv4.isValid(text)) return decimal.test(text) ? ipaddr.IPv4.parse(text) : undefined;
  if (!/^[0-9a-f:.]+$/i.test(text) || !ipaddr.IPv6.isValid(text)) return undefined;
  const [, embedded] = /:([^:]*\.[^:]*)$/.exec(text) ?? [];
  return embedded === undefined || decimal.test(embedded) ? unmapped(ipaddr.IPv6.parse(text)) : undefined;
}

function unmapped(address: ipaddr.IPv6): Address {
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

/** A range of mapped addresses is the range of the IPv4 addresses they stand for. */
function rangeOf(text: string): Network {
  const [, host = text, bits] = /^(.*)\/(\d+)$/.exec(text) ?? [];
  const address = ipaddr.parse(host);
  if (address instanceof ipaddr.IPv4) return [address, bits === undefined ? 32 : Number(bits)];
  const length = bits === undefined ? 128 : Number(bits);
  const isMapped = address.isIPv4MappedAddress() && length >= 96;
  return isMapped ? [address.toIPv4Address(), length - 96] : [address, length];
}

function isWithin(address: Address, [base, bits]: Network): boolean {
  if (address instanceof ipaddr.IPv4) return base instanceof ipaddr.IPv4 && address.match(base, bits);
  return base instanceof ipaddr.IPv6 && address.match(base, bits);
}
