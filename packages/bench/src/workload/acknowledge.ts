import { Person, type RawSocket } from '@atrium/testkit';
import type { Row } from '../report.ts';
import { percentile } from '../percentile.ts';
import { besideBareDisk, startDisk } from './bare-disk.ts';
import { startEcho } from './bare-socket.ts';
import { startDurableServer } from './durable-server.ts';

const warmUp = 200;
const measured = 2_000;

/**
 * How long a person waits until a stroke is on disk: one command at a time over one socket, from the call to the
 * acknowledgement. Beside it the least that this can cost: a bare `ws` server sends the same bytes back, and they are
 * appended to a file that is synced.
 */
export async function acknowledge(): Promise<Row[]> {
  await using server = await startDurableServer();
  await using echo = await startEcho();
  await using disk = await startDisk();
  const ada = await Person.signUp(server.url);
  const roomId = await ada.createBoard();
  await using socket = await ada.openSocket();
  // Whoever draws also watches: the stream holds the seat that a lone command would read from the database.
  socket.send('subscription', 'rooms.watch', { roomId });
  await socket.event('snapshot');
  const command = (seq: number) => ({
    roomId,
    clientId: 'bench',
    commands: [{ seq, name: 'setMeta', input: { background: seq % 2 ? '#ffffff' : '#fafafa' } }],
  });

  const ours: number[] = [];
  const bare: number[] = [];
  // In turns, so that whatever else the machine does hits both alike.
  for (let seq = 1; seq <= warmUp + measured; seq++) {
    const mine = await timeOf(() => send(socket, command(seq)));
    const text = JSON.stringify(command(seq));
    const theirs = await timeOf(async () => {
      await echo.roundTrip(text);
      await disk.append(text);
    });
    if (seq > warmUp) {
      ours.push(mine);
      bare.push(theirs);
    }
  }
  return [
    besideBareDisk('command to acknowledgement (on disk), p50', percentile(ours, 50), percentile(bare, 50)),
    besideBareDisk('command to acknowledgement (on disk), p99', percentile(ours, 99), percentile(bare, 99)),
  ];
}

async function send(socket: RawSocket, input: unknown): Promise<void> {
  const { error } = await socket.call('mutation', 'rooms.send', input);
  if (error) throw new Error(error.message);
  socket.frames.length = 0;
}

async function timeOf(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await run();
  return performance.now() - began;
}
