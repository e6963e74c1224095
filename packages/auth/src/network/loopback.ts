import { withoutMapping } from './network.ts';

/** The names that every machine has for itself, as they stand in a URL. */
export const loopbackNames: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** True for a host name, as `URL` spells it, by which a machine means itself. */
export function isLoopbackName(hostname: string): boolean {
  return loopbackNames.includes(hostname);
}

/** True for an address of this machine, where every user behind a local proxy looks the same. */
export function isLoopback(address: string): boolean {
  const plain = withoutMapping(address);
  return plain === '::1' || /^127(\.\d{1,3}){3}$/.test(plain);
}
