import { Person, type RawSocket, startTestServer, type TestServer } from '@atrium/testkit';
import { machineTime } from '../measure/machine-time.ts';
import { pause } from '../load/drive.ts';
import { Child } from './fan-out-child.ts';
import type { Gone, OpenOrder, PeersOrder } from './revocation-peers.ts';

/** Milliseconds from the revocation; of the whole crowd, so the last one counts. Negative: it was before. */
export interface Round {
  readonly lastDiff: number;
  readonly lastFrame: number;
  readonly lastClose: number;
  readonly toldBehind: number;
}

export interface RoundsOptions {
  /** Sockets of one session, all of which watch the room. */
  readonly sockets: number;
  /** At most: a slow machine measures fewer. */
  readonly rounds: number;
  readonly diffsPerSecond: number;
}

/** The revocation comes at some moment of this time (milliseconds), in which the room is told of several diffs. */
const moment = 160;
/** No round begins when the others have taken this long. Milliseconds. */
const longest = 45_000;

/**
 * A row deleted by SQL while the sockets of its session stream a room that somebody draws in, again and again. The clock
 * starts when the statement is sent: it is one message with its commit, so that is a moment before the commit, and
 * whatever the server does instead of reading the answer counts.
 */
export async function revokeAgain({ sockets, rounds, diffsPerSecond }: RoundsOptions): Promise<readonly Round[]> {
  await using server = await startTestServer({ commandsPerSecond: 1_000_000 });
  await using peers = new Child(new URL('./revocation-peers.ts', import.meta.url));
  const ada = await Person.signUp(server.url, 'Ada');
  const roomId = await ada.createBoard();
  await using pen = await ada.openSocket();
  const measured: Round[] = [];
  let seq = 0;
  const began = performance.now();
  // What runs first runs cold: it is not counted.
  for (let round = 0; round <= rounds && performance.now() - began < longest; round += 1) {
    const guest = await Person.guest(server.url);
    await ada.letIn(guest, roomId, 'editor');
    const { session } = await guest.query<{ session: { publicId: string } }>('auth.me');
    const url = `${server.url.replace(/^http/, 'ws')}/trpc`;
    const headers = { origin: server.url, cookie: guest.cookie };
    await peers.ask({ open: { url, headers, roomId, count: sockets } satisfies OpenOrder } satisfies PeersOrder);
    const drawing = draw(pen, { roomId, from: seq, every: 1_000 / diffsPerSecond });
    await peers.ask({ told: true } satisfies PeersOrder);
    await pause(Math.random() * moment);
    const sentAt = machineTime();
    const revoked = revoke(server, session.publicId);
    const gone = await peers.ask<Gone>({ gone: true } satisfies PeersOrder);
    await revoked;
    seq = await drawing.stop();
    const { lastDiff, lastFrame, lastClose, toldBehind } = gone;
    const since = { lastDiff: lastDiff - sentAt, lastFrame: lastFrame - sentAt, lastClose: lastClose - sentAt };
    if (round > 0) measured.push({ ...since, toldBehind });
  }
  return measured;
}

/** Past every procedure: one statement that commits by itself, and does not wait for the disk. */
async function revoke(server: TestServer, publicId: string): Promise<void> {
  await server.asOwner(`do $$ begin
    set local role app_system;
    set local synchronous_commit to off;
    delete from sessions where public_id = '${publicId}';
  end $$`);
}

interface Drawing {
  readonly roomId: string;
  /** The number of the last command before. */
  readonly from: number;
  /** Milliseconds. */
  readonly every: number;
}

/** One command after the other, at this beat or as fast as they are answered. */
function draw(pen: RawSocket, { roomId, from, every }: Drawing): { stop(): Promise<number> } {
  let isOver = false;
  const run = async () => {
    const began = performance.now();
    let seq = from;
    while (!isOver) {
      seq += 1;
      const commands = [{ seq, name: 'setMeta', input: { background: seq % 2 ? '#ffffff' : '#fafafa' } }];
      const { error } = await pen.call('mutation', 'rooms.send', { roomId, clientId: 'pen', commands });
      if (error) throw new Error(`A command was refused: ${error.message}`);
      pen.frames.length = 0;
      pen.times.length = 0;
      await pause(Math.max(0, began + (seq - from) * every - performance.now()));
    }
    return seq;
  };
  const running = run();
  return {
    stop: () => {
      isOver = true;
      return running;
    },
  };
}
