/**
 * A process for folder.test.ts: opens the folder given as its first argument and appends to the logs of the rooms that
 * follow, to all at once, until it is killed. Prints `open`, then one line per acknowledged batch: room and version.
 */
import { createHash, randomUUID } from 'node:crypto';
import type { RoomBatch } from '@atrium/rooms';
import { openDatabase } from '../open-database.ts';

const [folder = '', ...roomIds] = process.argv.slice(2);
const print = (line: string): void => void process.stdout.write(`${line}\n`);

const database = await openDatabase({ url: folder });
print('open');
await Promise.all(roomIds.map(write));

async function write(roomId: string): Promise<never> {
  let [last] = (await database.roomLog.read(roomId, 0, 1_000_000)).slice(-1);
  for (;;) {
    const batch = after(roomId, last);
    const outcome = await database.roomLog.append(batch);
    if (!outcome.ok) throw new Error('Nobody else writes here.');
    print(`${roomId} ${batch.ver}`);
    last = batch;
  }
}

function after(roomId: string, previous: RoomBatch | undefined): RoomBatch {
  const ver = (previous?.ver ?? 0) + 1;
  const prevHash = previous?.hash ?? '';
  const batchId = randomUUID();
  const hash = createHash('sha256')
    .update(prevHash + batchId)
    .digest('hex');
  const diff = { notes: { [batchId]: ['put', { text: 'x'.repeat(500) }] as const } };
  return { roomId, ver, epoch: 1, batchId, prevHash, hash, node: 'test', at: Date.now(), diff, commands: [] };
}
