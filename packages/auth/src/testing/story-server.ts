import type { SessionTokens } from '@atrium/db';
import { idleEnd, type Lifetimes, touchInterval } from '../session/lifetimes.ts';
import { afterOffer, afterPromotion, meaningOf } from '../session/rotation.ts';
import { hashToken, newToken } from '../session/token.ts';

/** One person with one session at a time; what a story is played against. Sockets are named by numbers. */
export interface StoryServer {
  /** A new session; the one before must be over. Answers its token. */
  signIn(): Promise<string>;
  /** Null: nobody. */
  present(token: string, mayOffer: boolean): Promise<{ readonly offered: string | null } | null>;
  /** The new token of the session; null when it is over. */
  secure(): Promise<string | null>;
  signOut(): Promise<void>;
  /** Disables the person, and takes it back when the session is over. */
  disable(): Promise<void>;
  changeRole(): Promise<void>;
  /** A socket of the session, already checked. */
  open(): Promise<void>;
  /** Sockets that would still be sent frames, once every ending that was reported is heard. */
  countOpen(): Promise<number>;
  /** Sessions that ended as stolen so far. */
  readonly thefts: number;
}

/** The decisions of rotation.ts over a row in memory, one request after the other. */
export function createMemoryServer(lifetimes: Lifetimes, now: () => number): StoryServer {
  let row: (SessionTokens & { lastSeen: number; idleEnd: number; absoluteEnd: number }) | null = null;
  let sockets = 0;
  let thefts = 0;
  const finish = () => {
    row = null;
    sockets = 0;
  };
  const living = () => {
    if (row && now() >= Math.min(row.idleEnd, row.absoluteEnd)) finish();
    return row;
  };

  return {
    async signIn() {
      const token = newToken();
      const at = now();
      row = {
        ...{ id: hashToken(token), nextId: null, previousId: null, previousUntil: null },
        rotatedAt: new Date(at),
        ...{ lastSeen: at, idleEnd: at + lifetimes.idle, absoluteEnd: at + lifetimes.absolute },
      };
      return token;
    },
    async present(token, mayOffer) {
      const known = living();
      if (!known) return null;
      const id = hashToken(token);
      let offered: string | null = null;
      switch (meaningOf(known, { id, now: now(), rotateAfter: mayOffer ? lifetimes.rotate : null })) {
        case 'unknown':
          return null;
        case 'theft':
          thefts += 1;
          finish();
          return null;
        case 'promote':
          Object.assign(known, afterPromotion(known, id, now()));
          break;
        case 'offer':
          offered = newToken();
          Object.assign(known, afterOffer(known, hashToken(offered), now()));
          break;
        case 'keep':
      }
      if (now() - known.lastSeen >= touchInterval(lifetimes)) {
        known.lastSeen = now();
        known.idleEnd = idleEnd(now(), known.absoluteEnd, lifetimes);
      }
      return { offered };
    },
    async secure() {
      if (!living() || !row) return null;
      const token = newToken();
      const none = { nextId: null, previousId: null, previousUntil: null };
      row = { ...row, ...none, id: hashToken(token), rotatedAt: new Date(now()) };
      return token;
    },
    signOut: async () => finish(),
    disable: async () => finish(),
    changeRole: async () => {},
    async open() {
      if (living()) sockets += 1;
    },
    async countOpen() {
      living();
      return sockets;
    },
    get thefts() {
      return thefts;
    },
  };
}
