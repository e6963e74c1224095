/** The package has types, and an exports map that hides them. */
declare module '@colyseus/ws-transport' {
  import type { Transport } from '@colyseus/core';
  import type { Server } from 'node:http';

  export const WebSocketTransport: new (options: { readonly server: Server }) => Transport;
}
