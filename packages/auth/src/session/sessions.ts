import {
  type Database,
  deleteOtherSessions,
  deleteSession,
  type Factor,
  findSessionByPublicId,
  markAuthenticated,
  replaceToken,
  type Scope,
  touchSession,
} from '@atrium/db';
import { randomUUID } from 'node:crypto';
import type { EndReason } from '@atrium/rooms';
import { Lucia, TimeSpan } from 'lucia';
import { addressPrefix, type Device, deviceLabel } from './device.ts';
import type { Identity } from './identity.ts';
import { idleEnd, type Lifetimes, touchInterval } from './lifetimes.ts';
import { hashToken, newToken } from './token.ts';

export interface StartedSession {
  /** For the cookie; held nowhere else. */
  readonly token: string;
  readonly isRemembered: boolean;
  readonly identity: Identity;
}

export interface StartOptions {
  /** How they proved who they are; empty for guests. */
  readonly factors: readonly Factor[];
  /** False: the cookie goes when the browser is closed. Default: true. */
  readonly isRemembered?: boolean | undefined;
}

/** What is left after a change that only the owner of the account can have wanted. */
export interface SecuredSession {
  readonly token: string;
  readonly isRemembered: boolean;
  /** Public ids of the sessions that were ended. */
  readonly ended: readonly string[];
}

/** Sign-ins on the server: the cookie holds a random token, the database its hash, everybody else the public id. */
export interface Sessions {
  start(userId: string, device: Device, opts: StartOptions): Promise<StartedSession>;
  /** Who holds this token, or null when the session is unknown, over, or its user is disabled. Counts as use. */
  resume(token: string): Promise<Identity | null>;
  /** When it was last proved that it is this person, as the row says it now; null when the session is gone. */
  authenticatedAt(identity: Identity): Promise<Date | null>;
  /** Notes that this person proved just now who they are: opens sudo. False when the session is gone. */
  prove(identity: Identity, factor: Factor): Promise<boolean>;
  /**
   * After a new password, a second factor, a confirmed address: ends every other session of this person and replaces
   * the token of this one. Null when the session is gone.
   */
  secure(identity: Identity, reason: EndReason): Promise<SecuredSession | null>;
  end(identity: Identity, publicId: string, reason: EndReason): Promise<boolean>;
  /** Ends all other sessions of this user; answers their public ids. */
  endOthers(identity: Identity, reason: EndReason): Promise<readonly string[]>;
}

export interface SessionOptions {
  readonly db: Database;
  readonly lifetimes: Lifetimes;
}

const lookUp: Scope = { system: 'session' };

/** How long requests that were sent before a token was replaced may take to arrive, in milliseconds. */
const underWay = 60_000;

export function createSessions({ db, lifetimes }: SessionOptions): Sessions {
  const lucia = createLucia(db, lifetimes);

  return {
    async start(userId, device, { factors, isRemembered = true }) {
      const token = newToken();
      const attributes = { ...newAttributes(Date.now(), device, lifetimes), factors, isRemembered };
      await lucia.createSession(userId, attributes, { sessionId: hashToken(token) });
      const identity = await this.resume(token);
      if (!identity) throw new Error('A session that was just started is not there');
      return { token, isRemembered, identity };
    },

    async resume(token) {
      const { session, user } = await lucia.validateSession(hashToken(token));
      if (!session || user.disabledAt) return null;
      const now = Date.now();
      if (session.absoluteExpiresAt.getTime() <= now) {
        await db.withScope(lookUp, (tx) => deleteSession(tx, session.publicId, 'expired'));
        return null;
      }
      if (now - session.lastSeenAt.getTime() >= touchInterval(lifetimes)) {
        const expiresAt = new Date(idleEnd(now, session.absoluteExpiresAt.getTime(), lifetimes));
        await db.withScope(lookUp, (tx) =>
          touchSession(tx, { publicId: session.publicId, seen: session.lastSeenAt, now: new Date(now), expiresAt }),
        );
        session.expiresAt = expiresAt;
      }
      return { user, session, token: null };
    },

    async authenticatedAt({ user, session: { publicId } }) {
      const found = await db.withScope({ user: user.id }, (tx) => findSessionByPublicId(tx, publicId));
      return found && found.authenticatedAt;
    },

    async prove({ session: { publicId } }, factor) {
      return db.withScope(lookUp, (tx) => markAuthenticated(tx, { publicId, at: new Date(), factor }));
    },

    async secure({ user, session: { publicId, isRemembered } }, reason) {
      const token = newToken();
      const now = new Date();
      const previousUntil = new Date(now.getTime() + underWay);
      return db.withScope(lookUp, async (tx) => {
        if (!(await replaceToken(tx, { publicId, id: hashToken(token), now, previousUntil }))) return null;
        const ended = await deleteOtherSessions(tx, { userId: user.id, keepPublicId: publicId, reason });
        return { token, isRemembered, ended };
      });
    },

    async end(identity, publicId, reason) {
      return db.withScope({ user: identity.user.id }, (tx) => deleteSession(tx, publicId, reason));
    },

    async endOthers(identity, reason) {
      return db.withScope({ user: identity.user.id }, (tx) =>
        deleteOtherSessions(tx, { userId: identity.user.id, keepPublicId: identity.session.publicId, reason }),
      );
    },
  };
}

function newAttributes(now: number, device: Device, lifetimes: Lifetimes) {
  const at = new Date(now);
  return {
    publicId: randomUUID() as string,
    createdAt: at,
    authenticatedAt: at,
    absoluteExpiresAt: new Date(now + lifetimes.absolute),
    lastSeenAt: at,
    label: deviceLabel(device.userAgent),
    ipPrefix: addressPrefix(device.address),
  };
}

function createLucia(db: Database, lifetimes: Lifetimes) {
  // Lucia would move the idle end itself past half of its time: once per parallel request, and past the absolute end.
  // `touchSession` does it, guarded and capped.
  const adapter = { ...db.sessionAdapter, updateSessionExpiration: () => Promise.resolve() };
  return new Lucia(adapter, {
    sessionExpiresIn: new TimeSpan(lifetimes.idle, 'ms'),
    getSessionAttributes: ({
      publicId,
      createdAt,
      authenticatedAt,
      absoluteExpiresAt,
      lastSeenAt,
      isRemembered,
      factors,
    }) => ({
      publicId,
      createdAt,
      authenticatedAt,
      absoluteExpiresAt,
      lastSeenAt,
      isRemembered,
      factors,
    }),
    getUserAttributes: ({ email, name, role, isGuest, confirmedAt, disabledAt }) => ({
      email,
      name,
      role,
      isGuest,
      confirmedAt,
      disabledAt,
    }),
  });
}

declare module 'lucia' {
  interface Register {
    Lucia: ReturnType<typeof createLucia>;
    UserId: string;
    DatabaseSessionAttributes: ReturnType<typeof newAttributes> & {
      readonly factors: readonly Factor[];
      readonly isRemembered: boolean;
    };
    DatabaseUserAttributes: {
      email: string | null;
      name: string;
      role: 'user' | 'admin';
      isGuest: boolean;
      confirmedAt: Date | null;
      disabledAt: Date | null;
    };
  }
}
