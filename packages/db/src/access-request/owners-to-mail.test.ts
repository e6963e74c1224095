import { expect, test } from 'vitest';
import { arrangeMember, arrangeRoom, arrangeUser, openTestDatabase } from '../testing/index.ts';
import { ownersToMail } from './owners-to-mail.ts';

test('owners are mailed at a confirmed address, unless they are disabled; other members and other rooms are not', async () => {
  await using db = await openTestDatabase();
  const ada = await arrangeUser(db, { email: 'ada@example.org', name: 'Ada' });
  const roomId = await arrangeRoom(db, ada, 'Launch plan');
  await arrangeRoom(db, await arrangeUser(db));
  const arrange = async (role: 'owner' | 'editor', user: Parameters<typeof arrangeUser>[1]) =>
    arrangeMember(db, { roomId, userId: await arrangeUser(db, user), role });
  await arrange('owner', { email: 'ben@example.org', name: 'Ben' });
  await arrange('owner', { email: 'claimed@example.org', confirmedAt: null });
  await arrange('owner', { email: 'disabled@example.org', disabledAt: new Date() });
  await arrange('owner', { email: null, isGuest: true, confirmedAt: null });
  await arrange('editor', { email: 'editor@example.org' });
  expect(await db.withScope({ system: 'access-request' }, (tx) => ownersToMail(tx, roomId))).toEqual([
    { email: 'ada@example.org', name: 'Ada', room: 'Launch plan' },
    { email: 'ben@example.org', name: 'Ben', room: 'Launch plan' },
  ]);
});
