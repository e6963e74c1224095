import { openDatabase } from '@atrium/db';
import type { RoomBatch, RoomLog } from '@atrium/rooms';

/** Every batch that was not compacted. */
export async function readWholeLog(log: RoomLog, roomId: string): Promise<readonly RoomBatch[]> {
  const batches: RoomBatch[] = [];
  for (;;) {
    const more = await log.read(roomId, batches.at(-1)?.ver ?? 0, 500);
    if (more.length === 0) return batches;
    batches.push(...more);
  }
}

/** The same of a database that no server has open: a data folder, or a `postgres://` URL. */
export async function readStoredLog(url: string, roomId: string): Promise<readonly RoomBatch[]> {
  const database = await openDatabase({ url, onProgress: () => {} });
  try {
    return await readWholeLog(database.roomLog, roomId);
  } finally {
    await database.close();
  }
}
