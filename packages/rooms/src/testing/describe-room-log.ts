import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RoomBatch, RoomLog, RoomSnapshot } from '../log/room-log.ts';

/** What a suite needs of an implementation: the log, rooms to write to (their rows may be referenced), an end. */
export interface RoomLogFixture extends AsyncDisposable {
  readonly log: RoomLog;
  /** A room that exists and that no other test uses. */
  newRoomId(): Promise<string>;
}

/** The promises every `RoomLog` keeps. `create` is called once; every test works in a room of its own. */
export function describeRoomLog(name: string, create: () => Promise<RoomLogFixture>): void {
  describe(`${name} keeps the promises of a room log`, () => {
    let fixture: RoomLogFixture;
    beforeAll(async () => {
      fixture = await create();
    }, 60_000);
    afterAll(async () => {
      await fixture[Symbol.asyncDispose]();
    });

    test('L1 gives back what was appended, value for value', async () => {
      const roomId = await fixture.newRoomId();
      const batch = batchAt(roomId, 1, {
        diff: {
          item: { a: ['put', { text: 'hello', n: 0.1, big: 1e21, list: [1, null, true, { x: [] }] }], b: ['del'] },
        },
        commands: [
          { clientId: 'c1', userId: 'u1', name: 'add', result: { seq: 1, ok: true } },
          { clientId: 'c1', userId: 'u1', name: 'add', result: { seq: 2, ok: false, code: 'limit', message: 'Full.' } },
        ],
      });
      expect(await fixture.log.append(batch)).toEqual({ ok: true });
      expect(await fixture.log.read(roomId, 0, 10)).toEqual([batch]);
    });

    test('L2 a batch follows its predecessor by version and hash, otherwise it is a conflict', async () => {
      const roomId = await fixture.newRoomId();
      const { log } = fixture;
      expect(await log.append(batchAt(roomId, 2))).toEqual({ ok: false, reason: 'conflict' });
      expect(await log.append(batchAt(roomId, 1))).toEqual({ ok: true });
      expect(await log.append(batchAt(roomId, 1, { hash: 'other' }))).toEqual({ ok: false, reason: 'conflict' });
      expect(await log.append(batchAt(roomId, 3))).toEqual({ ok: false, reason: 'conflict' });
      expect(await log.append(batchAt(roomId, 2, { prevHash: 'other' }))).toEqual({ ok: false, reason: 'conflict' });
      expect(await log.append(batchAt(roomId, 2))).toEqual({ ok: true });
    });

    test('L3 a conflict writes nothing and changes nothing', async () => {
      const roomId = await fixture.newRoomId();
      const first = batchAt(roomId, 1);
      await fixture.log.append(first);
      await fixture.log.append(batchAt(roomId, 1, { batchId: uuid(9), hash: 'other' }));
      await fixture.log.append(batchAt(roomId, 2, { prevHash: 'other' }));
      expect(await fixture.log.read(roomId, 0, 10)).toEqual([first]);
    });

    test('L4 of writers that overlap at one version exactly one wins', async () => {
      const roomId = await fixture.newRoomId();
      for (let ver = 1; ver <= 5; ver += 1) {
        const prevHash = (await fixture.log.read(roomId, ver - 2, 1))[0]?.hash ?? '';
        const rivals = Array.from({ length: 8 }, (_, writer) =>
          batchAt(roomId, ver, { prevHash, hash: `hash-${ver}-${writer}`, batchId: uuid(ver * 100 + writer) }),
        );
        const outcomes = await Promise.all(rivals.map((batch) => fixture.log.append(batch)));
        expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
        const winner = rivals[outcomes.findIndex((outcome) => outcome.ok)];
        expect(await fixture.log.read(roomId, ver - 1, 10)).toEqual([winner]);
      }
    });

    test('L5 writers that overlap and retry leave one chain without holes', async () => {
      const roomId = await fixture.newRoomId();
      const write = async (writer: number) => {
        for (let written = 0; written < 6;) {
          const tail = await fixture.log.read(roomId, 0, 1_000);
          const last = tail.at(-1);
          const ver = (last?.ver ?? 0) + 1;
          const own = { prevHash: last?.hash ?? '', hash: `h${ver}-${writer}`, batchId: uuid(ver * 100 + writer) };
          if ((await fixture.log.append(batchAt(roomId, ver, own))).ok) written += 1;
        }
      };
      await Promise.all([write(1), write(2), write(3)]);
      const chain = await fixture.log.read(roomId, 0, 1_000);
      expect(chain.map((batch) => batch.ver)).toEqual(Array.from({ length: 18 }, (_, index) => index + 1));
      expect(chain.map((batch) => batch.prevHash)).toEqual(['', ...chain.slice(0, -1).map((batch) => batch.hash)]);
    });

    test('L6 reads a range in ascending order, of one room only', async () => {
      const [roomId, other] = [await fixture.newRoomId(), await fixture.newRoomId()];
      await appendChain(fixture.log, roomId, 12);
      await appendChain(fixture.log, other, 2);
      const versions = async (after: number, limit: number) =>
        (await fixture.log.read(roomId, after, limit)).map((batch) => batch.ver);
      expect(await versions(0, 3)).toEqual([1, 2, 3]);
      expect(await versions(9, 100)).toEqual([10, 11, 12]);
      expect(await versions(12, 100)).toEqual([]);
      expect(await fixture.log.read(await fixture.newRoomId(), 0, 100)).toEqual([]);
      expect((await fixture.log.read(other, 0, 100)).every((batch) => batch.roomId === other)).toBe(true);
    });

    test('L7 the newest snapshot wins, whatever the order of saving', async () => {
      const roomId = await fixture.newRoomId();
      expect(await fixture.log.loadSnapshot(roomId)).toBeNull();
      await fixture.log.saveSnapshot(snapshotAt(roomId, 10));
      await fixture.log.saveSnapshot(snapshotAt(roomId, 30));
      await fixture.log.saveSnapshot(snapshotAt(roomId, 20));
      expect(await fixture.log.loadSnapshot(roomId)).toEqual(snapshotAt(roomId, 30));
    });

    test('L8 a snapshot of the same version replaces (a migrated state has no batch of its own)', async () => {
      const roomId = await fixture.newRoomId();
      await fixture.log.saveSnapshot(snapshotAt(roomId, 0));
      const migrated = { ...snapshotAt(roomId, 0), schema: 2, state: { item: {} } };
      await fixture.log.saveSnapshot(migrated);
      expect(await fixture.log.loadSnapshot(roomId)).toEqual(migrated);
    });

    test('L9 compaction deletes only what is both behind the version and behind the time', async () => {
      const roomId = await fixture.newRoomId();
      await appendChain(fixture.log, roomId, 10);
      const versions = async () => (await fixture.log.read(roomId, 0, 100)).map((batch) => batch.ver);
      await fixture.log.compact(roomId, 8, 0);
      expect(await versions()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      await fixture.log.compact(roomId, 8, timeOf(5));
      expect(await versions()).toEqual([5, 6, 7, 8, 9, 10]);
      await fixture.log.compact(roomId, 6, timeOf(100));
      expect(await versions()).toEqual([7, 8, 9, 10]);
    });

    test('L10 the chain goes on behind a compaction, and a compacted version cannot be written again', async () => {
      const roomId = await fixture.newRoomId();
      await appendChain(fixture.log, roomId, 5);
      await fixture.log.compact(roomId, 4, timeOf(100));
      expect(await fixture.log.append(batchAt(roomId, 1))).toEqual({ ok: false, reason: 'conflict' });
      expect(await fixture.log.append(batchAt(roomId, 3))).toEqual({ ok: false, reason: 'conflict' });
      expect(await fixture.log.append(batchAt(roomId, 6))).toEqual({ ok: true });
      expect((await fixture.log.read(roomId, 2, 10)).map((batch) => batch.ver)).toEqual([5, 6]);
    });

    test('L11 holds a diff of 2 MB', async () => {
      const roomId = await fixture.newRoomId();
      const points = Array.from({ length: 200_000 }, (_, index) => index / 7);
      const batch = batchAt(roomId, 1, { diff: { item: { a: ['put', { points }] } } });
      await fixture.log.append(batch);
      expect(await fixture.log.read(roomId, 0, 1)).toEqual([batch]);
    });

    test('L12 holds every character a person can type', async () => {
      const roomId = await fixture.newRoomId();
      const text = 'é 漢字 👩‍👩‍👧 \u2028 \u0001 \u007f "quoted" back\\slash \'single\' $1 %s ? العربية \ufffd \n\t';
      const batch = batchAt(roomId, 1, { diff: { item: { 'key "1" 漢': ['put', { [text]: text }] } } });
      await fixture.log.append(batch);
      expect(await fixture.log.read(roomId, 0, 1)).toEqual([batch]);
    });

    test.each([
      ['NUL', 'a\u0000b'],
      ['a lone surrogate', 'a\ud83d'],
    ])('L13 keeps %s exactly or refuses it whole (the engine never lets it come this far)', async (_, text) => {
      const roomId = await fixture.newRoomId();
      const batch = batchAt(roomId, 1, { diff: { item: { a: ['put', { text }] } } });
      const kept = await fixture.log.append(batch).then(
        () => true,
        () => false,
      );
      expect(await fixture.log.read(roomId, 0, 1)).toEqual(kept ? [batch] : []);
      expect((await fixture.log.append(batchAt(roomId, 1))).ok).toBe(!kept);
    });

    test('L14 what was given to the log and what it gives out are not shared with the caller', async () => {
      const roomId = await fixture.newRoomId();
      const record = { list: [1] };
      await fixture.log.append(batchAt(roomId, 1, { diff: { item: { a: ['put', record] } } }));
      record.list.push(2);
      const [read] = await fixture.log.read(roomId, 0, 1);
      expect(read?.diff).toEqual({ item: { a: ['put', { list: [1] }] } });
    });

    test('L15 batches of many rooms that come at once are each written behind their own predecessor', async () => {
      const { log } = fixture;
      const rooms = await Promise.all(Array.from({ length: 40 }, () => fixture.newRoomId()));
      for (let ver = 1; ver <= 5; ver += 1) {
        const outcomes = await Promise.all(rooms.map((roomId) => log.append(batchAt(roomId, ver))));
        expect(outcomes.every(({ ok }) => ok)).toBe(true);
      }
      const chains = await Promise.all(rooms.map((roomId) => log.read(roomId, 0, 10)));
      expect(chains).toEqual(rooms.map((roomId) => [1, 2, 3, 4, 5].map((ver) => batchAt(roomId, ver))));
    });

    test('L16 a conflict among many is told to its own room and to no other', async () => {
      const { log } = fixture;
      const rooms = await Promise.all(Array.from({ length: 20 }, () => fixture.newRoomId()));
      const isLate = (n: number) => n % 3 === 0;
      const batches = rooms.map((roomId, n) => batchAt(roomId, isLate(n) ? 2 : 1));
      const outcomes = await Promise.all(batches.map((batch) => log.append(batch)));
      expect(outcomes.map(({ ok }) => ok)).toEqual(rooms.map((_, n) => !isLate(n)));
      const read = await Promise.all(rooms.map((roomId) => log.read(roomId, 0, 10)));
      expect(read).toEqual(batches.map((batch, n) => (isLate(n) ? [] : [batch])));
    });

    test('L17 a batch that cannot be kept takes no other with it', async () => {
      const { log } = fixture;
      const rooms = await Promise.all(Array.from({ length: 20 }, () => fixture.newRoomId()));
      const unstorable: Partial<RoomBatch> = { diff: { item: { a: ['put', { text: 'a\u0000b' }] } } };
      const batches = rooms.map((roomId, n) => batchAt(roomId, 1, n === 11 ? unstorable : {}));
      const outcomes = await Promise.allSettled(batches.map((batch) => log.append(batch)));
      const isKept = (n: number) => outcomes[n]?.status === 'fulfilled';
      expect(rooms.filter((_, n) => n !== 11 && !isKept(n))).toEqual([]);
      const read = await Promise.all(rooms.map((roomId) => log.read(roomId, 0, 10)));
      expect(read).toEqual(batches.map((batch, n) => (isKept(n) ? [batch] : [])));
    });
  });
}

async function appendChain(log: RoomLog, roomId: string, length: number): Promise<void> {
  for (let ver = 1; ver <= length; ver += 1) expect(await log.append(batchAt(roomId, ver))).toEqual({ ok: true });
}

function batchAt(roomId: string, ver: number, over: Partial<RoomBatch> = {}): RoomBatch {
  return {
    roomId,
    ver,
    epoch: 1,
    batchId: uuid(ver),
    prevHash: ver === 1 ? '' : `hash-${ver - 1}`,
    hash: `hash-${ver}`,
    node: 'node-a',
    at: timeOf(ver),
    diff: { item: { [`id-${ver}`]: ['put', { ver }] } },
    commands: [{ clientId: 'c1', userId: 'u1', name: 'add', result: { seq: ver, ok: true } }],
    ...over,
  };
}

function snapshotAt(roomId: string, ver: number): RoomSnapshot {
  return {
    roomId,
    ver,
    epoch: 1,
    hash: `hash-${ver}`,
    schema: 1,
    at: timeOf(ver),
    state: { item: { a: { text: 'snapshot 漢', ver } }, meta: {} },
    clients: {
      'u1/c1': {
        lastSeq: 7,
        ver,
        at: timeOf(ver),
        rejected: [{ seq: 6, ok: false, code: 'conflict', message: 'No.' }],
      },
    },
  };
}

const timeOf = (ver: number): number => 1_800_000_000_000 + ver * 1_000;
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
