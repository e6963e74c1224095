import {
  type Database,
  deleteOtherSessions,
  deleteSession,
  type Factor,
  extendSession,
  findImpersonatorSession,
  findSessionByPublicId,
  leaveSudo,
  markAuthenticated,
  replaceToken,
  type Scope,
  touchSession,
} from '@atrium/db';
import type { EndReason } from '@atrium/rooms';
import type { Device } from './device.ts';
import { type Identity, shownSession } from './identity.ts';
import { extendedEnds, idleEnd, type Lifetimes, touchInterval } from './lifetimes.ts';
import { createLucia, newAttributes } from './lucia.ts';
import { createPresenter, type PresentToken, type Theft } from './present-token.ts';
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
  /**
   * Lets an administrator act as this user for an hour at most, by a session that is never in sudo, is never extended and
   * ends with the administrator's own. Everything that is written down names who it really was.
   */
  impersonate(admin: Identity, userId: string, device: Device): Promise<StartedSession>;
  /**
   * Ends the session of an administrator who acts as somebody else, and hands over a new token of their own one, which
   * has to prove itself anew before it may do anything delicate. Null when that has ended: nobody is signed in then.
   */
  stopImpersonating(identity: Identity): Promise<Omit<StartedSession, 'identity'> | null>;
  /**
   * Who holds this token, or null when the session is unknown, over, or its user is disabled. Counts as use. Takes up an
   * offered token, may offer one, and ends the session when the token was replaced long ago.
   */
  present: PresentToken;
  /** The same where no token can be handed out. */
  resume(token: string): Promise<Identity | null>;
  /** The same person with the session as the row says it now; null when it is gone. */
  reread(identity: Identity): Promise<Identity | null>;
  /** A socket is in use: it holds no token, and the one that it was opened with may be replaced by now. */
  touch(identity: Identity): Promise<void>;
  /** Moves the absolute end to a later time, where the policy allows. Null when it does not, or the session is over. */
  extend(identity: Identity): Promise<Identity | null>;
  /** When it was last proved that it is this person, as the row says it now; null when the session is gone. */
  authenticatedAt(identity: Identity): Promise<Date | null>;
  /** Notes that this person proved just now who they are: opens sudo. False when the session is gone. */
  prove(identity: Identity, factor: Factor): Promise<boolean>;
  /**
   * After a new password, a second factor, a confirmed address: ends every other session of this person and replaces
   * the token of this one. Somebody else may hold the old one, so it is dead at once: whoever shows it is nobody, and is
   * taken neither for the owner nor for the trace of a theft. Null when the session is gone.
   */
  secure(identity: Identity, reason: EndReason): Promise<SecuredSession | null>;
  end(identity: Identity, publicId: string, reason: EndReason): Promise<boolean>;
  /** Ends all other sessions of this user; answers their public ids. */
  endOthers(identity: Identity, reason: EndReason): Promise<readonly string[]>;
}

export interface SessionOptions {
  readonly db: Database;
  readonly lifetimes: Lifetimes;
  /** Called once per theft, after the session was ended: the person must be told. */
  readonly onTheft?: ((theft: Theft) => Promise<void> | void) | undefined;
}

const lookUp: Scope = { system: 'session' };

/** An hour. */
const longestImpersonation = 3_600_000;

export function createSessions({ db, lifetimes, onTheft = () => {} }: SessionOptions): Sessions {
  const lucia = createLucia(db, lifetimes);
  const present = createPresenter({ db, lucia, lifetimes, onTheft });

  const begin = async (userId: string, attributes: Parameters<typeof lucia.createSession>[1]) => {
    const token = newToken();
    await lucia.createSession(userId, attributes, { sessionId: hashToken(token) });
    const presented = await present(token);
    if (!presented) throw new Error('A session that was just started is not there');
    return { token, isRemembered: attributes.isRemembered, identity: presented.identity };
  };

  const reread = async (identity: Identity): Promise<Identity | null> => {
    const { user, session } = identity;
    const row = await db.withScope({ user: user.id }, (tx) => findSessionByPublicId(tx, session.publicId));
    if (!row) return null;
    return { ...identity, session: shownSession(row, session.impersonator) };
  };

  return {
    async start(userId, device, { factors, isRemembered = true }) {
      return begin(userId, { ...newAttributes(Date.now(), device, lifetimes), factors, isRemembered });
    },

    async impersonate({ user, session }, userId, device) {
      const absolute = Math.min(longestImpersonation, lifetimes.absolute);
      return begin(userId, {
        ...newAttributes(Date.now(), device, { ...lifetimes, absolute }),
        ...{ factors: [], isRemembered: false, authenticatedAt: new Date(0) },
        ...{ impersonatorId: user.id, impersonatorSession: session.publicId },
      });
    },

    async stopImpersonating({ session: { publicId } }) {
      const token = newToken();
      return db.withScope(lookUp, async (tx) => {
        const own = await findImpersonatorSession(tx, publicId);
        if (own === null || !(await deleteSession(tx, publicId, 'signed-out'))) return null;
        if (!(await replaceToken(tx, { publicId: own.publicId, id: hashToken(token), now: new Date() }))) return null;
        await leaveSudo(tx, own.publicId);
        return { token, isRemembered: own.isRemembered };
      });
    },

    present,

    async resume(token) {
      return (await present(token))?.identity ?? null;
    },

    reread,

    async touch({ session: { publicId } }) {
      await db.withScope(lookUp, async (tx) => {
        const row = await findSessionByPublicId(tx, publicId);
        const now = Date.now();
        if (!row || now - row.lastSeenAt.getTime() < touchInterval(lifetimes)) return;
        // What is over stays over, also when nobody has noticed yet.
        if (row.expiresAt.getTime() <= now) return;
        const expiresAt = new Date(idleEnd(now, row.absoluteExpiresAt.getTime(), lifetimes));
        await touchSession(tx, { publicId, seen: row.lastSeenAt, now: new Date(now), expiresAt });
      });
    },

    async extend(identity) {
      if (identity.session.impersonator) return null;
      const now = Date.now();
      const current = await reread(identity);
      const ends = current && extendedEnds(current.session, now, lifetimes);
      if (!ends) return null;
      const { publicId } = identity.session;
      const later = { expiresAt: new Date(ends.idle), absoluteExpiresAt: new Date(ends.absolute) };
      const isDone = await db.withScope(lookUp, (tx) => extendSession(tx, { publicId, now: new Date(now), ...later }));
      return isDone ? reread(identity) : null;
    },

    async authenticatedAt(identity) {
      return (await reread(identity))?.session.authenticatedAt ?? null;
    },

    async prove({ session: { publicId } }, factor) {
      return db.withScope(lookUp, (tx) => markAuthenticated(tx, { publicId, at: new Date(), factor }));
    },

    async secure({ user, session: { publicId, isRemembered } }, reason) {
      const token = newToken();
      return db.withScope(lookUp, async (tx) => {
        if (!(await replaceToken(tx, { publicId, id: hashToken(token), now: new Date() }))) return null;
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
