import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { endUpgrade } from '../socket/end-upgrade.ts';

/** The port belongs to another program. */
export class PortTaken extends Error {
  constructor(port: number) {
    super(`Port ${port} is in use by another program. Stop it, or choose another port: PORT=${port + 1} npm start`);
    this.name = 'PortTaken';
  }
}

/**
 * An HTTP server that listens; port 0 picks a free one. Until somebody takes over its `request` and `upgrade` events it
 * answers 503: a request that nobody answers would hang in the client that waits for a restart.
 */
export function listenOn(host: string, port: number): Promise<{ server: Server; port: number }> {
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 15_000 });
  server.on('request', (_req, res) => res.writeHead(503, { Connection: 'close' }).end('starting\n'));
  server.on('upgrade', (_req, socket) => {
    endUpgrade(socket, 'HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
  });
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTaken(port) : error),
    );
    server.listen(port, host, () => resolve({ server, port: (server.address() as AddressInfo).port }));
  });
}
