import type { Person } from '../person.ts';
import { RawSocket } from '../raw-socket.ts';
import { startTcpProxy } from '../tcp-proxy.ts';
import { until } from '../until.ts';
import { boardScript } from './board-script.ts';
import { ChaosClient } from './chaos-client.ts';
import type { Fault } from './fault.ts';

export interface ReturnsOptions {
  readonly server: { readonly port: number };
  /** Both are members of the room; the first one is away, the other one draws meanwhile. */
  readonly away: Person;
  readonly pen: Person;
  readonly roomId: string;
  readonly loss: Fault;
  /** How long the network is away once the client has noticed, milliseconds. */
  readonly offline: number;
  /** Whether a browser would tell that the network is back. */
  readonly isTold: boolean;
}

export interface Return {
  /** From the network's return until the client shows what it missed and what is drawn now, milliseconds. */
  readonly live: number;
  /** The same moment until a bare `ws` is open through the same network: what nobody can be faster than. */
  readonly bare: number;
  /** Snapshots that the client needed: none when it was caught up by diffs. */
  readonly snapshots: number;
}

/** One client loses its network and gets it back while somebody else draws. */
export async function measureReturn(opts: ReturnsOptions): Promise<Return> {
  const { server, away, pen, roomId, loss, offline } = opts;
  await using proxy = await startTcpProxy(server.port);
  const url = proxy.url;
  await using client = new ChaosClient({ name: 'away', person: away, roomId, url, script: boardScript });
  await until(() => client.isLive, { what: 'the client is live', patience: 10_000 });
  await using socket = await pen.openSocket();
  socket.send('subscription', 'rooms.watch', { roomId });
  const draw = drawingOn(socket, roomId);

  loss.begin(proxy);
  const missed = [await draw()];
  await until(() => !client.isLive, { what: 'the client notices', patience: 15_000 });
  const deadline = performance.now() + offline;
  while (performance.now() < deadline) {
    missed.push(await draw());
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const before = client.count('snapshot');
  proxy.heal();
  const back = performance.now();
  if (opts.isTold) client.tellOnline();
  const bare = RawSocket.open(url, { origin: away.url, cookie: away.cookie }).then(async (open) => {
    const time = performance.now() - back;
    await open[Symbol.asyncDispose]();
    return time;
  });
  await shown(client, [...missed, await draw()]);
  return { live: performance.now() - back, bare: await bare, snapshots: client.count('snapshot') - before };
}

/** Draws one element at each call; answers its id once it is on disk. */
function drawingOn(socket: RawSocket, roomId: string): () => Promise<string> {
  const clientId = crypto.randomUUID();
  let seq = 0;
  return async () => {
    seq += 1;
    const element = { id: `${clientId.slice(0, 8)}-${seq}`, type: 'rectangle', x: 0, y: 0, width: 9, height: 9 };
    const commands = [{ seq, name: 'edit', input: { ops: [{ op: 'put', element }] } }];
    const { error } = await socket.call('mutation', 'rooms.send', { roomId, clientId, commands });
    if (error) throw new Error(error.message);
    return element.id;
  };
}

/** Resolves in the turn in which the client shows all of them. */
async function shown({ room }: ChaosClient, ids: readonly string[]): Promise<void> {
  const isShown = () => ids.every((id) => room.store.get('element', id) !== undefined);
  const late = AbortSignal.timeout(30_000);
  await new Promise<void>((resolve, reject) => {
    const look = () => {
      if (!isShown()) return;
      leave();
      resolve();
    };
    const leave = room.store.onChange(look);
    late.addEventListener('abort', () => reject(new Error('The client did not come back')));
    look();
  });
}
