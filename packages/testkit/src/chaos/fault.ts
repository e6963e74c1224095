import type { Random } from '@atrium/kinds/testing';
import type { TcpProxy } from '../tcp-proxy.ts';

/** One way for a network to fail. `heal` of the proxy ends it. */
export interface Fault {
  readonly name: string;
  begin(proxy: TcpProxy, random: Random): void;
}

const unavailable = 'HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

export const faults: readonly Fault[] = [
  { name: 'cut', begin: (proxy) => proxy.cut() },
  { name: 'reset', begin: (proxy) => proxy.reset() },
  {
    name: 'refused',
    begin(proxy) {
      proxy.refuse();
      proxy.reset();
    },
  },
  {
    name: 'answered with 503',
    begin(proxy) {
      proxy.refuse(unavailable);
      proxy.cut();
    },
  },
  { name: 'black hole', begin: (proxy) => proxy.blackHole() },
  { name: 'half open, nothing goes up', begin: (proxy) => proxy.blackHole('up') },
  { name: 'half open, nothing comes down', begin: (proxy) => proxy.blackHole('down') },
  { name: 'stalled', begin: (proxy) => proxy.delay(Infinity) },
  { name: 'slow', begin: (proxy, random) => proxy.delay(20 + random.int(180)) },
  { name: 'narrow', begin: (proxy) => proxy.throttle(20_000) },
];
