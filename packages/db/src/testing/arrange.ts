import { createHash, randomUUID } from 'node:crypto';
import type { Role } from '@atrium/rooms';
import type { Database } from '../database.ts';
import type { NewInvite } from '../invite/invite.ts';
import { insertInvite } from '../invite/invite.ts';
import { insertRoom } from '../room/room.ts';
import { roomMembers } from '../schema/tables.ts';
import { insertSession, type Session } from '../session/session.ts';
import { insertUser, type NewUser } from '../user/user.ts';

type Store = Pick<Database, 'withScope'>;

/** A confirmed user. Returns the id. */
export async function arrangeUser(db: Store, user: Partial<NewUser> = {}): Promise<string> {
  const id = user.id ?? randomUUID();
  const row = { id, email: `${id}@example.org`, name: 'Someone', confirmedAt: new Date(), ...user };
  await db.withScope({ system: 'test' }, async (tx) => await insertUser(tx, row));
  return id;
}

/** A room of that user. Returns the id. */
export async function arrangeRoom(db: Store, owner: string, title = 'Room'): Promise<string> {
  const id = randomUUID();
  await db.withScope({ user: owner }, async (tx) => await insertRoom(tx, owner, { id, kind: 'board', title }));
  return id;
}

export async function arrangeMember(db: Store, member: { roomId: string; userId: string; role: Role }): Promise<void> {
  await db.withScope({ system: 'test' }, async (tx) => void (await tx.insert(roomMembers).values(member)));
}

/** A session that began now and ends in a day, unless said otherwise. */
export async function arrangeSession(db: Store, userId: string, session: Partial<Session> = {}): Promise<Session> {
  const now = new Date();
  const tomorrow = new Date(now.getTime() + 24 * 60 * 60 * 1000);
  const row: Session = {
    id: hashOf(randomUUID()),
    userId,
    publicId: randomUUID(),
    createdAt: now,
    authenticatedAt: now,
    lastSeenAt: now,
    expiresAt: tomorrow,
    absoluteExpiresAt: tomorrow,
    label: 'Firefox on Linux',
    ipPrefix: '203.0.113.0/24',
    isRemembered: true,
    factors: ['password'],
    rotatedAt: now,
    nextId: null,
    previousId: null,
    previousUntil: null,
    impersonatorId: null,
    impersonatorSession: null,
    ...session,
  };
  await db.withScope({ system: 'test' }, async (tx) => await insertSession(tx, row));
  return row;
}

/** An invitation as an editor for a day, unless said otherwise. */
export async function arrangeInvite(
  db: Store,
  room: { roomId: string; createdBy: string },
  invite: Partial<NewInvite> = {},
): Promise<NewInvite> {
  const row: NewInvite = {
    id: randomUUID(),
    ...room,
    role: 'editor',
    tokenHash: hashOf(randomUUID()),
    expiresAt: new Date(Date.now() + 24 * 60 * 60 * 1000),
    ...invite,
  };
  await db.withScope({ user: row.createdBy }, async (tx) => await insertInvite(tx, row));
  return row;
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
