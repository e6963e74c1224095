import { type Database, findPasskey, notePasskeyUse, type Passkey, type Scope, type User } from '@atrium/db';
import { type AuthenticationResponseJSON, verifyAuthenticationResponse } from '@simplewebauthn/server';
import { BadPasskey } from './bad-passkey.ts';
import type { RelyingParty } from './relying-party.ts';
import { userHandleOf } from './user-handle.ts';

export type Assertion = AuthenticationResponseJSON;

/** Somebody whose passkey is known, and whether it answered as it should. */
export interface CheckedAssertion {
  readonly user: User;
  readonly isRight: boolean;
}

export interface Assertions {
  /**
   * Checks the answer to a challenge that was taken, and counts the use. Throws `BadPasskey` when the passkey is unknown, or
   * not that of `userId` (null: anybody's).
   */
  check(assertion: Assertion, expected: { challenge: string; userId: string | null }): Promise<CheckedAssertion>;
}

export interface AssertionParts {
  readonly db: Database;
  readonly party: RelyingParty;
  /** Milliseconds. */
  readonly now: () => number;
}

const door: Scope = { system: 'credentials' };

export function createAssertions({ db, party, now }: AssertionParts): Assertions {
  return {
    async check(assertion, { challenge, userId }) {
      const found = await db.withScope(door, (tx) => findPasskey(tx, assertion.id));
      if (!found || (userId !== null && found.user.id !== userId)) throw new BadPasskey();
      const { user, passkey } = found;
      const use = isOwners(assertion, user.id) ? await verified(assertion, { challenge, passkey, party }) : null;
      const isUsable = use !== null && user.disabledAt === null;
      const noted = { id: passkey.id, at: new Date(now()) };
      // The counter is compared again where it is written: of two copies that answer at once, one goes on.
      const isRight = isUsable && (await db.withScope(door, (tx) => notePasskeyUse(tx, { ...noted, ...use })));
      return { user, isRight };
    },
  };
}

/** An authenticator that says whose account it opens must mean the one that the passkey is of. */
function isOwners({ response: { userHandle } }: Assertion, userId: string): boolean {
  return !userHandle || userHandle === Buffer.from(userHandleOf(userId)).toString('base64url');
}

interface Expected {
  readonly challenge: string;
  readonly passkey: Passkey;
  readonly party: RelyingParty;
}

/** Null for whatever is wrong with it. */
async function verified(response: Assertion, { challenge, passkey, party }: Expected) {
  const { id, publicKey, counter, transports } = passkey;
  try {
    const { verified: isRight, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: [...party.origins],
      expectedRPID: party.id,
      requireUserVerification: true,
      credential: { id, publicKey: Uint8Array.from(Buffer.from(publicKey, 'base64url')), counter, transports },
    });
    if (!isRight) return null;
    return { counter: authenticationInfo.newCounter, isBackedUp: authenticationInfo.credentialBackedUp };
  } catch {
    return null;
  }
}
