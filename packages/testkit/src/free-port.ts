import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the ports that systems hand out to clients: a client that knocks here while nobody listens must not meet itself. */
const [first, count] = [20_000, 10_000];

/** A loopback port that nobody has now, for a server that is started on it again and again. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = first + Math.floor(Math.random() * count);
    const probe = createServer();
    const isFree = await Promise.race([
      once(probe, 'listening').then(() => true),
      new Promise<boolean>((resolve) => probe.once('error', () => resolve(false)).listen(port, '127.0.0.1')),
    ]);
    if (!isFree) continue;
    probe.close();
    await once(probe, 'close');
    return port;
  }
}
