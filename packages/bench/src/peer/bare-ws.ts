import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import type { Peer } from './peer.ts';

/** `ws` alone: one buffer for all. */
export const bareWs: Peer = {
  async serve() {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
    server.on('connection', (ws) => {
      ws.on('message', (data: Buffer) => {
        for (const client of server.clients) client.send(data, { binary: false });
      });
    });
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  },
  async join(port, onMessage) {
    const ws = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
    ws.on('message', onMessage);
    await once(ws, 'open');
    return { publish: (text) => ws.send(text), close: () => ws.terminate() };
  },
};
