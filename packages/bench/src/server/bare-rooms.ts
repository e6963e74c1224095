/**
 * The least that rooms can cost on `ws`: each message is answered to its sender and told to everybody in the room, in
 * frames as long as ours, and nothing is checked or kept. A room is a path. Run by startScript.
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

const answer = Buffer.from(`{"id":2,"result":{"type":"data","data":${JSON.stringify({ filler: 'x'.repeat(60) })}}}`);
const event = Buffer.from(`{"id":1,"result":{"type":"data","data":${JSON.stringify({ filler: 'x'.repeat(220) })}}}`);
const rooms = new Map<string, Set<WebSocket>>();

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
server.on('connection', (ws, { url = '' }) => {
  const room = rooms.get(url) ?? new Set();
  rooms.set(url, room.add(ws));
  ws.on('close', () => room.delete(ws));
  ws.on('message', () => {
    ws.send(answer, { binary: false });
    for (const other of room) other.send(event, { binary: false });
  });
});
await once(server, 'listening');
process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
process.on('SIGTERM', () => process.exit(0));
