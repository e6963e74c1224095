import { DrizzlePostgreSQLAdapter } from '@lucia-auth/adapter-drizzle';
import type { Adapter, DatabaseSession, DatabaseUser } from 'lucia';
import type { Database } from '../database.ts';
import { sessions, users } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';
import { findSessionWithUser } from './session.ts';

/** Lucia's own adapter, except that the lookup of each request is one prepared statement. */
class SessionAdapter extends DrizzlePostgreSQLAdapter {
  readonly #tx: ScopedTx;

  constructor(tx: ScopedTx) {
    super(tx, sessions, users);
    this.#tx = tx;
  }

  override async getSessionAndUser(id: string): Promise<[DatabaseSession | null, DatabaseUser | null]> {
    const found = await findSessionWithUser(this.#tx, id);
    if (!found) return [null, null];
    const { id: sessionId, userId, expiresAt, ...attributes } = found.session;
    const { id: ofUser, ...userAttributes } = found.user;
    return [
      { id: sessionId, userId, expiresAt, attributes },
      { id: ofUser, attributes: userAttributes },
    ];
  }
}

/** Lucia's storage through the one door: each call is a transaction of its own, or joins the system scope around it. */
export function sessionAdapter(withScope: Database['withScope']): Adapter {
  const inScope = async <T>(call: (adapter: Adapter) => Promise<T>): Promise<T> =>
    await withScope({ system: 'session' }, async (tx) => await call(new SessionAdapter(tx)));
  return {
    getSessionAndUser: async (id) => await inScope(async (adapter) => await adapter.getSessionAndUser(id)),
    getUserSessions: async (userId) => await inScope(async (adapter) => await adapter.getUserSessions(userId)),
    setSession: async (session) => await inScope(async (adapter) => await adapter.setSession(session)),
    updateSessionExpiration: async (id, expiresAt) =>
      await inScope(async (adapter) => await adapter.updateSessionExpiration(id, expiresAt)),
    deleteSession: async (id) => await inScope(async (adapter) => await adapter.deleteSession(id)),
    deleteUserSessions: async (userId) => await inScope(async (adapter) => await adapter.deleteUserSessions(userId)),
    deleteExpiredSessions: async () => await inScope(async (adapter) => await adapter.deleteExpiredSessions()),
  };
}
