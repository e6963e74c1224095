import {
  type Database,
  deletePasskey,
  insertPasskey,
  listPasskeys,
  type OwnPasskey,
  renamePasskey,
  type Scope,
  waysIn,
} from '@atrium/db';
import {
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { requireWayIn } from '../account/last-credential.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { type Device, deviceLabel } from '../session/device.ts';
import type { Identity } from '../session/identity.ts';
import { BadPasskey } from './bad-passkey.ts';
import { type Challenges, challengeTime } from './challenges.ts';
import { defaultPasskeyName } from './passkey-name.ts';
import { type AssertionQuestion, askForAssertion } from './passkey-sign-in.ts';
import type { RelyingParty } from './relying-party.ts';
import { userHandleOf } from './user-handle.ts';

/** There are as many as one account may have. */
export class TooManyPasskeys extends Error {
  constructor() {
    super(`You can have at most ${mostPasskeys} passkeys. Remove one first.`);
    this.name = 'TooManyPasskeys';
  }
}

/** A question for `navigator.credentials.create`. */
export interface RegistrationQuestion {
  readonly challengeId: string;
  readonly options: Omit<PublicKeyCredentialCreationOptionsJSON, 'extensions'>;
}

export interface Registration {
  readonly challengeId: string;
  readonly response: RegistrationResponseJSON;
  /** What to call it; without one it is called after its keeper, or the browser. */
  readonly name?: string | undefined;
}

/** The passkeys of one account. Whoever adds or removes one secures the session afterwards. */
export interface Passkeys {
  list(identity: Identity): Promise<readonly OwnPasskey[]>;
  begin(identity: Identity): Promise<RegistrationQuestion>;
  /** Throws `BadPasskey`, `TooManyPasskeys`. */
  finish(identity: Identity, registration: Registration, device: Device): Promise<OwnPasskey>;
  /** False when there is no such passkey of theirs. */
  rename(identity: Identity, renamed: { readonly id: string; readonly name: string }, device: Device): Promise<boolean>;
  /** False when there is no such passkey of theirs. Throws `LastCredential`. */
  remove(identity: Identity, id: string, device: Device): Promise<boolean>;
  /** The question whether it is still them, for `proveByFactor`. */
  beginProof(identity: Identity): Promise<AssertionQuestion>;
}

export interface PasskeyParts {
  readonly db: Database;
  readonly challenges: Challenges;
  readonly party: RelyingParty;
  readonly audit: AuditTrail;
  /** Milliseconds. */
  readonly now: () => number;
  /** Which identities count as a way in. */
  readonly providers: readonly string[];
}

const door: Scope = { system: 'credentials' };

const mostPasskeys = 20;

export function createPasskeys({ db, challenges, party, audit, providers, now }: PasskeyParts): Passkeys {
  const listOf = (userId: string) => db.withScope({ user: userId }, (tx) => listPasskeys(tx, userId));

  return {
    list: ({ user }) => listOf(user.id),

    async begin({ user }) {
      const { id, challenge } = await challenges.issue({ purpose: 'register', userId: user.id });
      const known = await listOf(user.id);
      const { extensions: _none, ...options } = await generateRegistrationOptions({
        rpName: 'Atrium',
        rpID: party.id,
        userID: userHandleOf(user.id),
        userName: user.email ?? user.name,
        userDisplayName: user.name,
        challenge: Uint8Array.from(Buffer.from(challenge, 'base64url')),
        timeout: challengeTime,
        attestationType: 'none',
        excludeCredentials: known.map(({ id: passkey, transports }) => ({ id: passkey, transports })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      });
      return { challengeId: id, options };
    },

    async finish({ user }, { challengeId, response, name }, device) {
      const challenge = await challenges.take(challengeId, { purpose: 'register', userId: user.id });
      const made = challenge === null ? null : await verified(response, challenge, party);
      if (!made) throw new BadPasskey();
      const passkey = {
        ...{
          id: made.id,
          userId: user.id,
          name: name ?? defaultPasskeyName(made.aaguid, deviceLabel(device.userAgent)),
        },
        ...{ transports: made.transports, isBackedUp: made.isBackedUp, createdAt: new Date(now()), lastUsedAt: null },
      };
      const { publicKey, counter } = made;
      await db.withScope(door, async (tx) => {
        if ((await waysIn(tx, user.id, [])).passkeys >= mostPasskeys) throw new TooManyPasskeys();
        if (!(await insertPasskey(tx, { ...passkey, publicKey, counter }))) throw new BadPasskey();
      });
      await audit.record({ action: 'passkey-added', userId: user.id, device, detail: { name: passkey.name } });
      return passkey;
    },

    async rename({ user }, { id, name }, device) {
      if (!(await db.withScope({ user: user.id }, (tx) => renamePasskey(tx, id, name)))) return false;
      await audit.record({ action: 'passkey-renamed', userId: user.id, device, detail: { name } });
      return true;
    },

    async remove({ user }, id, device) {
      const name = await db.withScope(door, async (tx) => {
        const before = await waysIn(tx, user.id, providers);
        const removed = await deletePasskey(tx, user.id, id);
        if (removed !== null) requireWayIn({ ...before, passkeys: before.passkeys - 1 });
        return removed;
      });
      if (name === null) return false;
      await audit.record({ action: 'passkey-removed', userId: user.id, device, detail: { name } });
      return true;
    },

    async beginProof({ user }) {
      const issued = await challenges.issue({ purpose: 'sudo', userId: user.id });
      const passkeys = await listOf(user.id);
      return askForAssertion(issued, { party, passkeys });
    },
  };
}

/** Null for whatever is wrong with it. */
async function verified(response: RegistrationResponseJSON, challenge: string, party: RelyingParty) {
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: [...party.origins],
      expectedRPID: party.id,
      requireUserVerification: true,
    });
    if (!registrationInfo) return null;
    const { credential, aaguid, credentialBackedUp } = registrationInfo;
    const { id, publicKey, counter, transports = [] } = credential;
    const key = Buffer.from(publicKey).toString('base64url');
    return { id, publicKey: key, counter, transports, aaguid, isBackedUp: credentialBackedUp };
  } catch {
    return null;
  }
}
