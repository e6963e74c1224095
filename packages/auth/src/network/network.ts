import { isIPv4, isIPv6 } from 'node:net';

/**
 * A place rather than an address: the /24 of an IPv4 address, the /48 of an IPv6 one. Enough to notice a sign-in from
 * elsewhere, too little to follow a person.
 */
export function addressPrefix(address: string): string {
  const plain = withoutMapping(address);
  if (isIPv4(plain)) return `${plain.split('.').slice(0, 3).join('.')}.0/24`;
  if (isIPv6(plain)) return `${expandIPv6(plain).slice(0, 3).join(':')}::/48`;
  return 'unknown';
}

/**
 * Whom a limit by address counts: an IPv4 address, or the /64 that a household gets with IPv6, where one person has more
 * addresses than could ever be counted.
 */
export function networkOf(address: string): string {
  const plain = withoutMapping(address);
  if (!isIPv6(plain)) return plain;
  const groups = expandIPv6(plain).slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

/** An IPv4 address is one address, whichever way a socket writes it. */
export function withoutMapping(address: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  return mapped !== undefined && isIPv4(mapped) ? mapped : address;
}

function expandIPv6(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  if (tail === undefined) return left;
  const right = tail === '' ? [] : tail.split(':');
  return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => '0'), ...right];
}
