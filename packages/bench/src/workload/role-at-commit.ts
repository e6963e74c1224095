import type { RoomBatch } from '@atrium/rooms';
import { arrangeRoom, arrangeUser, openTestDatabase, type TestDatabase } from '@atrium/db/testing';
import { randomUUID } from 'node:crypto';
import type { Row } from '../report.ts';
import { loweredRoles } from './lowered-roles.ts';

const runs = 7;

/**
 * What it costs that the log looks at the roles when it commits, and what it is worth: how many commands of a role are
 * accepted after the commit that took it away, from somebody who sends as fast as they can.
 */
export async function roleAtCommit(): Promise<Row[]> {
  const rows = [await loweredRoles()];
  await using db = await openTestDatabase();
  const owner = await arrangeUser(db);
  for (const [rooms, each] of [
    [1, 300],
    [50, 20],
  ] as const) {
    const figures: Record<'checked' | 'unchecked', number[]> = { checked: [], unchecked: [] };
    for (let run = 0; run < runs; run += 1) {
      // In turns, so that what grows with the table weighs on both.
      const order = run % 2 ? (['checked', 'unchecked'] as const) : (['unchecked', 'checked'] as const);
      for (const how of order)
        figures[how].push(await appendAll(db, { owner, rooms, each, isChecked: how === 'checked' }));
    }
    const [checked, unchecked] = [median(figures.checked), median(figures.unchecked)];
    rows.push({
      what: `${rooms} ${rooms === 1 ? 'room' : 'rooms'}, batches of three commands, roles looked at`,
      value: `${checked.toFixed(0)} batches/s`,
      baseline: `nobody named: ${unchecked.toFixed(0)} batches/s`,
      ratio: checked / unchecked,
    });
  }
  return rows;
}

interface Appending {
  readonly owner: string;
  readonly rooms: number;
  readonly each: number;
  readonly isChecked: boolean;
}

/** Batches per second, over rooms that write at the same time. */
async function appendAll(db: TestDatabase, { owner, rooms, each, isChecked }: Appending): Promise<number> {
  const ids = await Promise.all(Array.from({ length: rooms }, () => arrangeRoom(db, owner)));
  const actors = isChecked ? [{ userId: owner, role: 'owner' as const }] : [];
  const started = performance.now();
  await Promise.all(
    ids.map(async (roomId) => {
      for (let ver = 1; ver <= each; ver += 1) {
        const { ok } = await db.roomLog.append(batchAt(roomId, ver, owner), actors);
        if (!ok) throw new Error('A batch was not appended.');
      }
    }),
  );
  return (rooms * each) / ((performance.now() - started) / 1_000);
}

function batchAt(roomId: string, ver: number, userId: string): RoomBatch {
  const commands = [1, 2, 3].map((n) => ({
    ...{ clientId: 'tab', userId, name: 'edit' },
    result: { seq: ver * 3 + n, ok: true as const },
  }));
  const diff = { element: { a: ['patch', { points: ['set', Array.from({ length: 40 }, () => ver)] }] as const } };
  const chain = { prevHash: ver === 1 ? '' : String(ver - 1), hash: String(ver) };
  return { roomId, ver, epoch: 1, batchId: randomUUID(), ...chain, node: 'bench', at: 1, diff, commands };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
