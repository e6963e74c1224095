import { deleteSession, findSessionEnd, insertUser, livingSessions, users } from '@atrium/db';
import type { TestDatabase } from '@atrium/db/testing';
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { type LiveConnection, type LiveHandle, LiveSessions } from '../live/live-sessions.ts';
import type { Identity } from '../session/identity.ts';
import type { Lifetimes } from '../session/lifetimes.ts';
import { createSessions } from '../session/sessions.ts';
import type { StoryServer } from './story-server.ts';

const device = { userAgent: undefined, address: '203.0.113.7' };

/** The real sessions and the real registry of sockets, on a real database. Reads the clock of the process. */
export async function createDatabaseServer(
  db: TestDatabase,
  lifetimes: Lifetimes,
): Promise<StoryServer & AsyncDisposable> {
  let thefts = 0;
  let identity: Identity | null = null;
  let sockets: LiveHandle[] = [];
  const sessions = createSessions({ db, lifetimes, onTheft: () => void (thefts += 1) });
  const userId = randomUUID();
  await db.withScope({ system: 'test' }, (tx) => insertUser(tx, { id: userId, email: null, name: 'Ada' }));
  const live = new LiveSessions({
    async readEnd(publicId) {
      const end = await db.withScope({ system: 'sweep' }, (tx) => findSessionEnd(tx, publicId));
      return end && end.getTime();
    },
    async readLiving() {
      const living = await db.withScope({ system: 'sweep' }, (tx) => livingSessions(tx));
      return new Map([...living].map(([publicId, end]) => [publicId, end.getTime()]));
    },
    onError: (error) => {
      throw error;
    },
  });
  const changeUser = (values: Partial<typeof users.$inferInsert>) =>
    db.withScope({ system: 'test' }, async (tx) => {
      await tx.update(users).set(values).where(eq(users.id, userId));
    });

  async function signOut(): Promise<void> {
    const { publicId = randomUUID() } = identity?.session ?? {};
    await db.withScope({ system: 'test' }, (tx) => deleteSession(tx, publicId, 'signed-out'));
  }

  return {
    async signIn() {
      const started = await sessions.start(userId, device, { factors: ['password'] });
      identity = started.identity;
      return started.token;
    },
    async present(token, mayOffer) {
      const presented = await sessions.present(token, { mayOffer });
      return presented && { offered: presented.offered };
    },
    secure: async () => (identity && (await sessions.secure(identity, 'password-changed')))?.token ?? null,
    signOut,
    async disable() {
      await changeUser({ disabledAt: new Date() });
      await live.sweep();
      await signOut();
      await changeUser({ disabledAt: null });
    },
    changeRole: () => changeUser({ role: Math.random() < 0.5 ? 'admin' : 'user' }),
    async open() {
      if (!identity) return;
      const { publicId } = identity.session;
      const connection: LiveConnection = {
        ...{ isSocket: true, publicId, userId, rooms: [], streams: 0 },
        end: () => {},
        rename: () => {},
      };
      sockets.push(await live.register(connection));
    },
    async countOpen() {
      await live.sweep();
      sockets = sockets.filter(({ ended }) => ended === null);
      return sockets.length;
    },
    get thefts() {
      return thefts;
    },
    async [Symbol.asyncDispose]() {
      live.close();
    },
  };
}
