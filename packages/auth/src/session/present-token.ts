import {
  changeTokens,
  type Database,
  deleteSession,
  findName,
  type Scope,
  type SessionTokens,
  touchSession,
} from '@atrium/db';
import type { Session, User } from 'lucia';
import type { Device } from './device.ts';
import { type Identity, shownSession } from './identity.ts';
import { idleEnd, type Lifetimes, touchInterval } from './lifetimes.ts';
import type { createLucia } from './lucia.ts';
import { afterOffer, afterPromotion, meaningOf } from './rotation.ts';
import { hashToken, newToken } from './token.ts';

/** A token that was replaced long ago was presented: two hold the session, so it was ended. */
export interface Theft {
  readonly user: Identity['user'];
  /** Public id of the session that is over. */
  readonly publicId: string;
  /** Who came with the old token: the thief, or the owner whom the thief has left behind. Null when that is not known. */
  readonly device: Device | null;
}

export interface PresentOptions {
  /** True over HTTP alone, where a cookie can be set. Default: false. */
  readonly mayOffer?: boolean;
  /** Who presents it. */
  readonly device?: Device;
}

export interface Presented {
  readonly identity: Identity;
  /** A token for the cookie, to be used from now on; the presented one stays good until it is. Null: there is none. */
  readonly offered: string | null;
}

export interface PresenterParts {
  readonly db: Database;
  readonly lucia: ReturnType<typeof createLucia>;
  readonly lifetimes: Lifetimes;
  /** Called once per theft, after the session was ended. */
  readonly onTheft: (theft: Theft) => Promise<void> | void;
}

export type PresentToken = (token: string, opts?: PresentOptions) => Promise<Presented | null>;

interface Found {
  readonly session: Session;
  readonly user: User;
}

const lookUp: Scope = { system: 'session' };

/** Reads what a token means (rotation.ts) and does it: look up, decide, one guarded write; whoever loses looks up again. */
export function createPresenter({ db, lucia, lifetimes, onTheft }: PresenterParts): PresentToken {
  return async (token, { mayOffer = false, device } = {}) => {
    const id = hashToken(token);
    const rotateAfter = mayOffer ? lifetimes.rotate : null;
    for (;;) {
      const found = await findLiving(id);
      if (!found) return null;
      const known = tokensOf(found.session);
      const { publicId } = found.session;
      switch (meaningOf(known, { id, now: Date.now(), rotateAfter })) {
        case 'unknown':
          return null;
        case 'theft':
          await endStolen(found, device ?? null);
          return null;
        case 'keep':
          return { identity: await used(found), offered: null };
        case 'promote':
          if (await change(publicId, known, afterPromotion(known, id, Date.now())))
            return { identity: await used(found), offered: null };
          break;
        case 'offer': {
          const offered = newToken();
          if (await change(publicId, known, afterOffer(known, hashToken(offered), Date.now())))
            return { identity: await used(found), offered };
        }
      }
    }
  };

  /** Null when the session is unknown, over, or its user is disabled. */
  async function findLiving(id: string): Promise<Found | null> {
    const { session, user } = await lucia.validateSession(id);
    if (!session || user.disabledAt) return null;
    if (session.absoluteExpiresAt.getTime() > Date.now()) return { session, user };
    await db.withScope(lookUp, (tx) => deleteSession(tx, session.publicId, 'expired'));
    return null;
  }

  function change(publicId: string, seen: SessionTokens, tokens: SessionTokens): Promise<boolean> {
    return db.withScope(lookUp, (tx) => changeTokens(tx, { publicId, seen, tokens }));
  }

  async function endStolen({ session: { publicId }, user }: Found, device: Device | null): Promise<void> {
    const isEnded = await db.withScope(lookUp, (tx) => deleteSession(tx, publicId, 'theft'));
    if (isEnded) await onTheft({ user, publicId, device });
  }

  /** Counts as use. */
  async function used({ session, user }: Found): Promise<Identity> {
    const impersonator = await impersonatorOf(session);
    const now = Date.now();
    const { publicId, lastSeenAt, absoluteExpiresAt } = session;
    if (now - lastSeenAt.getTime() < touchInterval(lifetimes)) return identityOf(session, user, impersonator);
    const expiresAt = new Date(idleEnd(now, absoluteExpiresAt.getTime(), lifetimes));
    await db.withScope(lookUp, (tx) => touchSession(tx, { publicId, seen: lastSeenAt, now: new Date(now), expiresAt }));
    return identityOf({ ...session, expiresAt }, user, impersonator);
  }

  /** Asked for by the few sessions that an administrator acts by. */
  async function impersonatorOf({ impersonatorId: userId }: Session): Promise<Identity['session']['impersonator']> {
    if (!userId) return null;
    return { userId, name: (await db.withScope(lookUp, (tx) => findName(tx, userId))) ?? '' };
  }
}

function tokensOf({ id, nextId, previousId, previousUntil, rotatedAt }: Session): SessionTokens {
  return {
    id,
    rotatedAt,
    nextId: nextId ?? null,
    previousId: previousId ?? null,
    previousUntil: previousUntil ?? null,
  };
}

function identityOf(session: Session, user: User, impersonator: Identity['session']['impersonator']): Identity {
  return { user, session: shownSession(session, impersonator), token: null };
}
