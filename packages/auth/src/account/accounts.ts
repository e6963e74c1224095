import {
  type Database,
  findClaimants,
  findUserByEmail,
  insertCredential,
  insertUser,
  type Scope,
  updateName,
  type User,
  type UserWithPassword,
} from '@atrium/db';
import { randomUUID } from 'node:crypto';
import type { SignInLimits } from '../limit/sign-in-limits.ts';
import { hashPassword, verifyPassword } from '../password/password.ts';
import type { Device } from '../session/device.ts';
import type { Identity } from '../session/identity.ts';
import type { Sessions, StartedSession } from '../session/sessions.ts';
import { normalEmail } from './normal-email.ts';

/** The one answer to a sign-in that did not work: nothing in it tells whether the account exists. */
export class BadCredentials extends Error {
  constructor() {
    super('The address or the password is not right.');
    this.name = 'BadCredentials';
  }
}

export interface Accounts {
  /**
   * Also when the address belongs to somebody: nothing tells so here, and only whoever reads its mail can confirm it.
   * Throws `TooManyAttempts`.
   */
  register(
    input: { email: string; password: string; name: string | undefined },
    device: Device,
  ): Promise<StartedSession>;
  /**
   * The account that has confirmed the address, or else the one that claims it with this password. Throws
   * `BadCredentials`, `TooManyAttempts`.
   */
  signIn(
    input: { email: string; password: string; remember?: boolean | undefined },
    device: Device,
  ): Promise<StartedSession>;
  /** Someone who wants to try without an account. Throws `TooManyAttempts`. */
  enterAsGuest(input: { name: string }, device: Device): Promise<StartedSession>;
  rename(identity: Identity, name: string): Promise<void>;
}

const signInDoor: Scope = { system: 'sign-in' };
const registrationDoor: Scope = { system: 'registration' };

export function createAccounts(parts: { db: Database; sessions: Sessions; limits: SignInLimits }): Accounts {
  const { db, sessions, limits } = parts;

  return {
    async register({ email, password, name }, device) {
      await limits.arrival(device.address);
      const passwordHash = await hashPassword(password);
      const user = { id: randomUUID(), email: normalEmail(email), name: name ?? nameFrom(email), isGuest: false };
      await db.withScope(registrationDoor, async (tx) => {
        await insertUser(tx, user);
        await insertCredential(tx, user.id, passwordHash);
      });
      return sessions.start(user.id, device, { factors: ['password'] });
    },

    async signIn({ email, password, remember }, device) {
      const account = normalEmail(email);
      await limits.attempt(account, device.address);
      const candidates = await db.withScope(signInDoor, async (tx) => [
        await findUserByEmail(tx, account),
        ...(await findClaimants(tx, account, mostClaimants)),
      ]);
      const user = await whoseFits(candidates, password);
      if (!user) throw new BadCredentials();
      await limits.forgive(account, device.address);
      return sessions.start(user.id, device, { factors: ['password'], isRemembered: remember });
    },

    async enterAsGuest({ name }, device) {
      await limits.arrival(device.address);
      const user = { id: randomUUID(), email: null, name, isGuest: true };
      await db.withScope(registrationDoor, (tx) => insertUser(tx, user));
      return sessions.start(user.id, device, { factors: [] });
    },

    async rename(identity, name) {
      await db.withScope({ user: identity.user.id }, (tx) => updateName(tx, identity.user.id, name));
    },
  };
}

/** How many of those who claim an address may sign in before one of them has confirmed it. */
const mostClaimants = 1;

/**
 * Whose password this is. Always the same number of comparisons, so that neither an unknown address nor one that is
 * only claimed answers sooner.
 */
async function whoseFits(candidates: readonly (UserWithPassword | null)[], password: string): Promise<User | null> {
  let fitting: User | null = null;
  for (let index = 0; index < 1 + mostClaimants; index += 1) {
    const candidate = candidates[index] ?? null;
    const usable = candidate && !candidate.user.disabledAt ? candidate : null;
    if (await verifyPassword(usable?.passwordHash ?? null, password)) fitting ??= usable?.user ?? null;
  }
  return fitting;
}

function nameFrom(email: string): string {
  return (email.split('@')[0] ?? '').slice(0, 80) || 'Someone';
}
