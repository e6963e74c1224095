import { createServerDatabase, isOnServer } from '@atrium/db/testing';
import { createRandom } from '@atrium/kinds/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  boardScript,
  ChaosClient,
  createServerProcess,
  judgeHistory,
  judgeReplicas,
  Person,
  readStoredLog,
  type ServerProcess,
  until,
} from '../src/index.ts';

/** `CRASH_ROUNDS=60` is the long run; `CRASH_SEED` repeats the moments of one that failed. */
const rounds = Number(process.env['CRASH_ROUNDS'] ?? 3);
const seed = Number(process.env['CRASH_SEED'] ?? Date.now() % 100_000);

/** Empty, and gone with the test: a folder, or a database on the server that the tests run on. */
async function openPlace(): Promise<AsyncDisposable & { readonly url: string }> {
  if (isOnServer()) return createServerDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'atrium-crash-'));
  return {
    url: join(folder, 'data'),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Draws as fast as a hand, also while nobody listens, and never more than a screenful ahead of the server. */
async function draw(client: ChaosClient, opts: { pace: () => number; isOver: () => boolean }): Promise<void> {
  while (!opts.isOver()) {
    if (client.room.pending.get() < 40) client.type();
    await new Promise((resolve) => setTimeout(resolve, opts.pace()));
  }
}

/** One more acknowledgement for each: they draw on what is there again. */
async function untilAllDraw(clients: readonly ChaosClient[]): Promise<void> {
  const before = clients.map(({ acknowledged }) => acknowledged);
  const isDrawing = () => clients.every((client, index) => client.acknowledged > (before[index] ?? 0));
  await until(isDrawing, { what: 'everybody draws again', patience: 30_000 });
}

test(
  `SIGKILL of the server while three people draw, ${rounds} times on one database (CRASH_SEED=${seed}): each command once`,
  { timeout: 60_000 + rounds * 15_000 },
  async () => {
    const random = createRandom(seed);
    await using place = await openPlace();
    await using server: ServerProcess = await createServerProcess({ database: place.url });
    await server.start();
    const ada = await Person.signUp(server.url, 'Ada');
    const roomId = await ada.createBoard();
    const people = [ada, await Person.signUp(server.url, 'Bob'), await Person.signUp(server.url, 'Cy')];
    for (const guest of people.slice(1)) await ada.letIn(guest, roomId, 'editor');
    const open = (person: Person, index: number) =>
      new ChaosClient({ name: `c${index}`, person, roomId, url: server.url, script: boardScript });
    const clients = people.map(open);
    const starts: number[] = [];
    try {
      let isOver = false;
      const drawing = clients.map((client) => draw(client, { pace: () => random.int(50), isOver: () => isOver }));
      for (let round = 0; round < rounds; round += 1) {
        await untilAllDraw(clients);
        await new Promise((resolve) => setTimeout(resolve, random.int(700)));
        await server.kill();
        await new Promise((resolve) => setTimeout(resolve, random.int(300)));
        starts.push(await server.start());
      }
      await untilAllDraw(clients);
      isOver = true;
      await Promise.all(drawing);

      const room = { roomId, script: boardScript, clients, witness: ada };
      const { flaws, state } = await judgeReplicas(room);
      expect(flaws).toEqual([]);
      // They resumed where they were: one snapshot for each, at the very beginning.
      expect(clients.map((client) => client.count('snapshot'))).toEqual([1, 1, 1]);
      // Nobody reloaded, so everything was answered to whoever typed it.
      expect(clients.map(({ acknowledged }) => acknowledged)).toEqual(clients.map(({ typed }) => typed));
      await server.stop();
      expect(judgeHistory(room, { batches: await readStoredLog(place.url, roomId), state })).toEqual([]);
    } finally {
      for (const client of clients) await client[Symbol.asyncDispose]();
    }
    report(starts, clients);
    expect(starts).toHaveLength(rounds);
  },
);

function report(starts: readonly number[], clients: readonly ChaosClient[]): void {
  const sorted = starts.toSorted((a, b) => a - b).map(Math.round);
  const typed = clients.reduce((sum, client) => sum + client.typed, 0);
  const [snapshots, diffs] = (['snapshot', 'diff'] as const).map((type) =>
    clients.reduce((sum, client) => sum + client.count(type), 0),
  );
  process.stdout.write(
    `${rounds} kills, ${typed} commands, ${snapshots} snapshots, ${diffs} diffs; from start to ready: ` +
      `${sorted[0]} / ${sorted[Math.floor(sorted.length / 2)]} / ${sorted.at(-1)} ms (least, median, most), ` +
      `${sorted.filter((ms) => ms > 3_000).length} above 3 s\n`,
  );
}
