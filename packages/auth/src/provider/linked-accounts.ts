import {
  type Database,
  deleteIdentity,
  findUserByEmail,
  findUserByIdentity,
  insertIdentity,
  insertUser,
  listIdentities,
  lockUser,
  noteIdentityUse,
  QueryFailed,
  type Scope,
  type User,
  waysIn,
} from '@atrium/db';
import { randomUUID } from 'node:crypto';
import { requireWayIn } from '../account/last-credential.ts';
import { nameFrom } from '../account/name-from.ts';
import type { ProviderId, ProviderProfile } from './provider.ts';
import { ProviderProblem } from './provider-problem.ts';

/** What somebody is called elsewhere. */
export interface ProvenProfile extends ProviderProfile {
  readonly provider: ProviderId;
}

/** A confirmed address belongs to another account here, which is not given away. */
export class AddressTaken extends ProviderProblem {
  readonly ownerId: string;

  constructor(ownerId: string) {
    super('address-taken');
    this.ownerId = ownerId;
  }
}

/** Accounts here and what opens them elsewhere, in the database. */
export interface LinkedAccounts {
  /** Null when nobody here has this identity. Notes its use. Throws `ProviderProblem`. */
  find(profile: ProvenProfile): Promise<User | null>;
  /** A new account. Throws `AddressTaken`; null when somebody was faster with the same identity. */
  create(profile: ProvenProfile): Promise<string | null>;
  /** False when it is linked to this person already. Throws `ProviderProblem`. */
  link(userId: string, profile: ProvenProfile): Promise<boolean>;
  /** False when there is nothing to unlink. `counted`: the providers by which one can sign in now. Throws `LastCredential`. */
  unlink(userId: string, provider: ProviderId, counted: ReadonlySet<string>): Promise<boolean>;
}

const signInDoor: Scope = { system: 'sign-in' };
const registrationDoor: Scope = { system: 'registration' };
const credentialsDoor: Scope = { system: 'credentials' };

export function createLinkedAccounts(db: Database): LinkedAccounts {
  return {
    find: (profile) =>
      db.withScope(signInDoor, async (tx) => {
        const user = await findUserByIdentity(tx, profile);
        if (user?.disabledAt) throw new ProviderProblem('account-disabled');
        if (user) await noteIdentityUse(tx, { ...profile, at: new Date() });
        return user;
      }),

    async create(profile) {
      const user = newUser(profile);
      try {
        await db.withScope(registrationDoor, async (tx) => {
          const owner = user.confirmedAt && user.email ? await findUserByEmail(tx, user.email) : null;
          // Whoever came with the same identity at the same time has the address, and is the same person.
          if (owner && !(await findUserByIdentity(tx, profile))) throw new AddressTaken(owner.user.id);
          await insertUser(tx, user);
          await insertIdentity(tx, { ...profile, userId: user.id, lastUsedAt: new Date() });
        });
        return user.id;
      } catch (error) {
        if (isDuplicate(error)) return null;
        throw error;
      }
    },

    async link(userId, profile) {
      try {
        return await db.withScope(credentialsDoor, async (tx) => {
          // Locks the person's row, so that two hand-shakes at once do not link two accounts of one provider.
          await lockUser(tx, userId);
          const mine = (await listIdentities(tx, userId)).find(({ provider }) => provider === profile.provider);
          if (mine?.subject === profile.subject) return false;
          if (await findUserByIdentity(tx, profile)) throw new ProviderProblem('identity-taken');
          if (mine) throw new ProviderProblem('already-linked');
          await insertIdentity(tx, { ...profile, userId, lastUsedAt: null });
          return true;
        });
      } catch (error) {
        throw isDuplicate(error) ? new ProviderProblem('identity-taken') : error;
      }
    },

    unlink: (userId, provider, counted) =>
      db.withScope(credentialsDoor, async (tx) => {
        const before = await waysIn(tx, userId, [...counted]);
        const linked = await listIdentities(tx, userId);
        if (!linked.some((each) => each.provider === provider)) return false;
        requireWayIn({ ...before, identities: before.identities - (counted.has(provider) ? 1 : 0) });
        return deleteIdentity(tx, userId, provider);
      }),
  };
}

/** An address that the provider has not verified is a claim, as after any registration. */
function newUser({ email, emailVerified, name }: ProviderProfile) {
  return {
    id: randomUUID() as string,
    email,
    name: name ?? nameFrom(email),
    isGuest: false,
    confirmedAt: email !== null && emailVerified ? new Date() : null,
  };
}

function isDuplicate(error: unknown): boolean {
  return error instanceof QueryFailed && error.code === '23505';
}
