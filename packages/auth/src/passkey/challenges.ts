import {
  type Database,
  insertPasskeyChallenge,
  type PasskeyChallenge,
  type Scope,
  takePasskeyChallenge,
} from '@atrium/db';
import { randomUUID } from 'node:crypto';
import { newToken } from '../session/token.ts';

/** What a challenge is for: the answer to one is worth nothing for another purpose, or another person. */
export type ChallengeUse =
  | { readonly purpose: 'sign-in'; readonly userId: null }
  | { readonly purpose: 'register' | 'sudo'; readonly userId: string };

/** Questions to an authenticator; each is answered once, within five minutes. */
export interface Challenges {
  issue(use: ChallengeUse): Promise<Pick<PasskeyChallenge, 'id' | 'challenge'>>;
  /** The challenge, base64url, which is used up by that; null when it is over, was answered, or is for another use. */
  take(id: string, use: ChallengeUse): Promise<string | null>;
}

/** Milliseconds. */
export const challengeTime = 5 * 60_000;

const door: Scope = { system: 'credentials' };

export function createChallenges({ db, now }: { db: Database; now: () => number }): Challenges {
  return {
    async issue(use) {
      const at = new Date(now());
      const issued = { id: randomUUID() as string, challenge: newToken() };
      const row = { ...issued, ...use, expiresAt: new Date(at.getTime() + challengeTime) };
      await db.withScope(door, (tx) => insertPasskeyChallenge(tx, row, at));
      return issued;
    },
    take: (id, use) => db.withScope(door, (tx) => takePasskeyChallenge(tx, { id, ...use, now: new Date(now()) })),
  };
}
