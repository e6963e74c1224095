import type { TcpProxy } from '../tcp-proxy.ts';

/** One way for a network to fail. `heal` of the proxy ends it. */
export interface Fault {
  readonly name: string;
  begin(proxy: TcpProxy): void;
}

const unavailable = 'HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

/** Nothing gets through until the network is healed, and what was open is gone. */
export const losses: readonly Fault[] = [
  {
    name: 'cut, then refused',
    begin(proxy) {
      proxy.refuse();
      proxy.cut();
    },
  },
  {
    name: 'reset, then refused',
    begin(proxy) {
      proxy.refuse();
      proxy.reset();
    },
  },
  {
    name: 'upgrades answered with 503',
    begin(proxy) {
      proxy.refuse(unavailable);
      proxy.reset();
    },
  },
  { name: 'black hole', begin: (proxy) => proxy.blackHole() },
];

export const faults: readonly Fault[] = [
  ...losses,
  { name: 'cut', begin: (proxy) => proxy.cut() },
  { name: 'reset', begin: (proxy) => proxy.reset() },
  { name: 'half open, nothing goes up', begin: (proxy) => proxy.blackHole('up') },
  { name: 'half open, nothing comes down', begin: (proxy) => proxy.blackHole('down') },
  { name: 'stalled', begin: (proxy) => proxy.delay(Infinity) },
  { name: 'slow', begin: (proxy) => proxy.delay(120) },
  { name: 'narrow', begin: (proxy) => proxy.throttle(20_000) },
];
