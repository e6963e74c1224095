import { Person, type RawSocket, revokeWhileConnecting, startTestServer } from '@atrium/testkit';
import { sql } from 'drizzle-orm';
import type { Row } from '../report.ts';
import { percentile } from '../percentile.ts';

const counts = [1, 100, 1_000];
const tries = 3_000;

/**
 * How long a revoked session is still heard: a row deleted by SQL while its sockets stream a room that somebody draws
 * in. From the commit to the last frame and to the last socket closed.
 */
export async function revocation(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const count of counts) {
    const { lastFrames, lastClose } = await revokeWith(count);
    rows.push({
      what: `revocation by SQL, ${count} sockets: commit to the last frame, worst`,
      value: `${Math.max(0, ...lastFrames).toFixed(1)} ms`,
      baseline: 'budget: 250 ms',
      ratio: Math.max(0, ...lastFrames) / 250,
    });
    rows.push({
      what: `revocation by SQL, ${count} sockets: commit to the last socket closed`,
      value: `${lastClose.toFixed(1)} ms (median of last frames ${percentile(lastFrames, 50).toFixed(1)} ms)`,
      baseline: 'budget: 250 ms',
      ratio: lastClose / 250,
    });
  }
  return [...rows, await whileConnecting()];
}

async function whileConnecting(): Promise<Row> {
  await using server = await startTestServer();
  const { tries: tried, refused, closed, leaks } = await revokeWhileConnecting(server, tries);
  return {
    what: `revoked 0-3 ms after the upgrade was sent, ${tried} fresh sessions: open a second later`,
    value: `${leaks} (${refused} refused, ${closed} closed)`,
    baseline: 'Phoenix, measured elsewhere: 1.5 %',
    ratio: leaks / (tried * 0.015),
  };
}

async function revokeWith(count: number): Promise<{ lastFrames: number[]; lastClose: number }> {
  await using server = await startTestServer({ commandsPerSecond: 1_000_000 });
  const ada = await Person.signUp(server.url, 'Ada');
  const bob = await Person.signUp(server.url, 'Bob');
  const roomId = await ada.createBoard();
  await ada.letIn(bob, roomId, 'editor');
  const sockets: RawSocket[] = [];
  for (let n = 0; n < count; n++) {
    const socket = await bob.openSocket();
    socket.send('subscription', 'rooms.watch', { roomId });
    sockets.push(socket);
  }
  await Promise.all(sockets.map((socket) => socket.event('snapshot', 30_000)));
  const { session } = await bob.query<{ session: { publicId: string } }>('auth.me');

  await using pen = await ada.openSocket();
  let isOver = false;
  const drawing = draw(pen, roomId, () => isOver);
  await sockets[0]?.event('diff');
  await server.runSql(sql`delete from sessions where public_id = ${session.publicId}`);
  const committed = performance.now();
  await Promise.all(sockets.map((socket) => socket.closed));
  const lastClose = performance.now() - committed;
  isOver = true;
  await drawing;
  return { lastFrames: sockets.map(({ times }) => (times.at(-1) ?? 0) - committed), lastClose };
}

async function draw(pen: RawSocket, roomId: string, isOver: () => boolean): Promise<void> {
  for (let seq = 1; !isOver(); seq++) {
    const commands = [{ seq, name: 'setMeta', input: { background: seq % 2 ? '#ffffff' : '#fafafa' } }];
    await pen.call('mutation', 'rooms.send', { roomId, clientId: 'pen', commands });
  }
}
