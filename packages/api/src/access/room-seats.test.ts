import { expect, test, vi } from 'vitest';
import { type Access, RoomSeats } from './room-seats.ts';

const editor: Access = { role: 'editor', kind: 'board', archived: false, frozen: false, isMember: true };

/** Readings that the test answers one by one, in the order in which they were asked. */
function readings() {
  const waiting: ((access: Access | null) => void)[] = [];
  const read = vi.fn(() => new Promise<Access | null>((resolve) => waiting.push(resolve)));
  const answer = async (access: Access | null) => {
    waiting.shift()?.(access);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { read, answer };
}

const ada = { userId: 'a', name: 'Ada' };
const member = (role: 'viewer' | 'owner' | null) => ({ type: 'member', roomId: 'r', userId: 'u', role }) as const;

test('no member, no seat, and nothing is kept', async () => {
  const { read, answer } = readings();
  const seats = new RoomSeats(read);
  const taking = seats.take('u', 'r');
  await answer(null);
  expect(await taking).toBeNull();
  void seats.take('u', 'r');
  expect(read).toHaveBeenCalledTimes(2);
});

test('two calls of one person share one reading; the last to leave forgets it', async () => {
  const { read, answer } = readings();
  const seats = new RoomSeats(read);
  const both = [seats.take('u', 'r'), seats.take('u', 'r')];
  await answer(editor);
  const [one, two] = await Promise.all(both);
  expect(read).toHaveBeenCalledTimes(1);
  one?.release();
  one?.release();
  const third = await seats.take('u', 'r');
  expect(read).toHaveBeenCalledTimes(1);
  two?.release();
  third?.release();
  void seats.take('u', 'r');
  expect(read).toHaveBeenCalledTimes(2);
});

test('a removal that commits while the row is being read wins: the reading is asked again', async () => {
  const { read, answer } = readings();
  const seats = new RoomSeats(read);
  const taking = seats.take('u', 'r');
  seats.onEnding(member(null));
  await answer(editor);
  expect(read).toHaveBeenCalledTimes(2);
  await answer(null);
  expect(await taking).toBeNull();
});

test('a removal that commits after the reading reaches the seat at once', async () => {
  const { read, answer } = readings();
  const seats = new RoomSeats(read);
  const taking = seats.take('u', 'r');
  await answer(editor);
  const seat = await taking;
  const heard = vi.fn();
  seat?.onChange(heard);
  seats.onEnding(member('viewer'));
  seats.onEnding({ type: 'room', roomId: 'r', change: 'archived', by: ada });
  seats.onEnding({ ...member(null), reason: 'link-revoked', by: ada });
  expect(heard.mock.calls).toEqual([
    [
      {
        access: { role: 'viewer', kind: 'board', archived: false, frozen: false, isMember: true },
        gone: null,
        by: undefined,
      },
    ],
    [{ access: { role: 'viewer', kind: 'board', archived: true, frozen: false, isMember: true }, gone: null, by: ada }],
    [
      {
        access: { role: null, kind: 'board', archived: true, frozen: false, isMember: true },
        gone: 'link-revoked',
        by: ada,
      },
    ],
  ]);
  expect(seat?.access.role).toBeNull();
});

test('a raised role is not believed but read: whoever may log in to the database may send such a message', async () => {
  const { read, answer } = readings();
  const seats = new RoomSeats(read);
  const taking = seats.take('u', 'r');
  await answer({ ...editor, role: 'viewer' });
  const seat = await taking;
  const heard = vi.fn();
  seat?.onChange(heard);
  seats.onEnding(member('owner'));
  expect(seat?.access.role).toBe('viewer');
  await answer({ ...editor, role: 'viewer' });
  expect([seat?.access.role, heard.mock.calls]).toEqual(['viewer', []]);
  seats.onEnding({ ...member('owner'), by: ada });
  await answer({ ...editor, role: 'owner' });
  expect(heard.mock.calls).toEqual([
    [{ access: { role: 'owner', kind: 'board', archived: false, frozen: false, isMember: true }, gone: null, by: ada }],
  ]);
});

test('a lowered role counts at once, and is put right when the row says otherwise', async () => {
  const { read, answer } = readings();
  const seats = new RoomSeats(read);
  const taking = seats.take('u', 'r');
  await answer(editor);
  const seat = await taking;
  seats.onEnding(member('viewer'));
  expect(seat?.access.role).toBe('viewer');
  await answer(editor);
  expect(seat?.access.role).toBe('editor');
});

test('what is found before word of it has come counts at once, and is told with that word', async () => {
  for (const [found, word] of [
    [
      { ...editor, role: 'viewer' as const },
      { ...member('viewer'), by: ada },
    ],
    [null, { ...member(null), reason: 'link-revoked' as const, by: ada }],
  ] as const) {
    const { read, answer } = readings();
    const seats = new RoomSeats(read);
    const taking = seats.take('u', 'r');
    await answer(editor);
    const seat = await taking;
    const heard = vi.fn();
    seat?.onChange(heard);
    const refreshing = seats.refresh('r');
    await answer(found);
    await refreshing;
    expect([seat?.access.role, heard.mock.calls]).toEqual([found?.role ?? null, []]);
    seats.onEnding(word);
    await answer(found);
    const gone = found === null ? 'link-revoked' : null;
    expect(heard.mock.calls).toEqual([[{ access: { ...editor, role: found?.role ?? null }, gone, by: ada }]]);
  }
});

test('what was found, and of which no word ever came, is told by a sweep', async () => {
  const { read, answer } = readings();
  const seats = new RoomSeats(read);
  const taking = seats.take('u', 'r');
  await answer(editor);
  const heard = vi.fn();
  (await taking)?.onChange(heard);
  for (const act of [() => seats.refresh('r'), () => seats.reread()]) {
    const reading = act();
    await answer(null);
    await reading;
  }
  expect(heard.mock.calls).toEqual([[{ access: { ...editor, role: null }, gone: 'removed', by: undefined }]]);
});

test('a deleted room says so, and other rooms hear nothing', async () => {
  const { read, answer } = readings();
  const seats = new RoomSeats(read);
  const taking = [seats.take('u', 'r'), seats.take('u', 'other')];
  await answer(editor);
  await answer(editor);
  const heard = [vi.fn(), vi.fn()];
  (await Promise.all(taking)).forEach((seat, index) => seat?.onChange(heard[index] ?? vi.fn()));
  seats.onEnding({ type: 'room', roomId: 'r', change: 'deleted' });
  expect(heard[0]).toHaveBeenCalledWith({
    access: { role: null, kind: 'board', archived: false, frozen: false, isMember: true },
    gone: 'room-deleted',
    by: undefined,
  });
  expect(heard[1]).not.toHaveBeenCalled();
});

test('after deafness every held seat is read again, and a change is told', async () => {
  const { read, answer } = readings();
  const seats = new RoomSeats(read);
  const taking = seats.take('u', 'r');
  await answer(editor);
  const heard = vi.fn();
  (await taking)?.onChange(heard);
  const rereading = seats.reread();
  await answer(null);
  await rereading;
  expect(heard).toHaveBeenCalledWith({
    access: { role: null, kind: 'board', archived: false, frozen: false, isMember: true },
    gone: 'removed',
    by: undefined,
  });
});

test('a reading that fails refuses the seat and leaves nothing behind', async () => {
  const read = vi
    .fn<() => Promise<Access | null>>()
    .mockRejectedValueOnce(new Error('no database'))
    .mockResolvedValue(editor);
  const seats = new RoomSeats(read);
  await expect(seats.take('u', 'r')).rejects.toThrow('no database');
  expect((await seats.take('u', 'r'))?.access).toEqual(editor);
});
