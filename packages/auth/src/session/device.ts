import Bowser from 'bowser';
import { isIPv4, isIPv6 } from 'node:net';

/** What a request tells about the device behind it. */
export interface Device {
  readonly userAgent: string | undefined;
  readonly address: string;
  /** The device cookie as it came; null or undefined when there was none. */
  readonly cookie?: string | null;
}

/** "Firefox on Linux"; "Unknown device" when the header says nothing. At most 80 characters. */
export function deviceLabel(userAgent: string | undefined): string {
  if (!userAgent) return 'Unknown device';
  const { browser, os } = Bowser.parse(userAgent.slice(0, 1_000));
  const name = browser.name ?? '';
  if (name === '') return 'Unknown device';
  return (os.name ? `${name} on ${os.name}` : name).slice(0, 80);
}

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
function withoutMapping(address: string): string {
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

/** True for an address of this machine, where every user behind a local proxy looks the same. */
export function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');
}
