import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

/** A `ws` server that sends every message back, and a client of it: the least that a socket can cost here. */
export async function startEcho(): Promise<AsyncDisposable & { roundTrip(text: string): Promise<void> }> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  server.on('connection', (ws) => ws.on('message', (data) => ws.send(data, { binary: false })));
  await once(server, 'listening');
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await once(client, 'open');
  return {
    async roundTrip(text) {
      client.send(text);
      await once(client, 'message');
    },
    async [Symbol.asyncDispose]() {
      client.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}
