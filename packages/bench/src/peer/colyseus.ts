import type * as Core from '@colyseus/core';
import type * as WsTransport from '@colyseus/ws-transport';
import { Client } from 'colyseus.js';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { Peer } from './peer.ts';

// The transport's ES module takes `Server` from where `ws` does not export it; its CommonJS one works, on the same core.
const require = createRequire(import.meta.url);

/** Colyseus: a room that broadcasts a message; its state stays empty. */
export const colyseus: Peer = {
  async serve() {
    const { Room, Server } = require('@colyseus/core') as typeof Core;
    const { WebSocketTransport } = require('@colyseus/ws-transport') as typeof WsTransport;
    class SaidRoom extends Room {
      override maxClients = 10_000;

      override onCreate(): void {
        this.onMessage('said', (_client, text: string) => this.broadcast('said', text));
      }
    }
    const http = createServer();
    const server = new Server({ transport: new WebSocketTransport({ server: http }), greet: false });
    server.define('said', SaidRoom);
    await server.listen(0, '127.0.0.1');
    if (!http.listening) await once(http, 'listening');
    return (http.address() as AddressInfo).port;
  },
  async join(port, onMessage) {
    const room = await new Client(`http://127.0.0.1:${port}`).joinOrCreate('said');
    room.onMessage('said', onMessage);
    return { publish: (text) => room.send('said', text), close: () => void room.leave(false) };
  },
};
