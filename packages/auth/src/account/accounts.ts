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
import type { AuditTrail } from '../audit/audit-trail.ts';
import { BadCode, type SecondFactor, secondFactorOf, SecondFactorRequired } from '../factor/second-factor.ts';
import type { SignInLimits } from '../limit/sign-in-limits.ts';
import { hashPassword, verifyPassword } from '../password/password.ts';
import type { Device } from '../session/device.ts';
import type { Identity } from '../session/identity.ts';
import type { Sessions, StartedSession } from '../session/sessions.ts';

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
   * `BadCredentials`, `TooManyAttempts`, and once the password is right `SecondFactorRequired`, `BadCode`.
   */
  signIn(
    input: { email: string; password: string; remember?: boolean | undefined; code?: string | undefined },
    device: Device,
  ): Promise<StartedSession>;
  /** Someone who wants to try without an account. Throws `TooManyAttempts`. */
  enterAsGuest(input: { name: string }, device: Device): Promise<StartedSession>;
  rename(identity: Identity, name: string): Promise<void>;
}

const signInDoor: Scope = { system: 'sign-in' };
const registrationDoor: Scope = { system: 'registration' };

export interface AccountParts {
  readonly db: Database;
  readonly sessions: Sessions;
  readonly limits: SignInLimits;
  readonly audit: AuditTrail;
  readonly secondFactor: SecondFactor;
}

export function createAccounts({ db, sessions, limits, audit, secondFactor }: AccountParts): Accounts {
  /** The factors besides the password. Who knows the password and not the code is worth a line in the log. */
  const secondOf = async (userId: string, code: string | undefined, device: Device) =>
    secondFactorOf(secondFactor, { userId, code, device }).catch(async (error: unknown) => {
      const detail = { factor: 'code' };
      if (error instanceof BadCode)
        await audit.record({ action: 'signed-in', result: 'refused', userId, actorId: null, device, detail });
      throw error;
    });

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

    async signIn({ email, password, remember, code }, device) {
      const account = normalEmail(email);
      await limits.attempt(account, device.address);
      const candidates = await db.withScope(signInDoor, async (tx) => [
        await findUserByEmail(tx, account),
        ...(await findClaimants(tx, account, mostClaimants)),
      ]);
      const user = await whoseFits(candidates, password);
      if (!user) throw new BadCredentials();
      const more = await secondOf(user.id, code, device);
      await limits.forgive(account, device.address);
      const started = await sessions.start(user.id, device, { factors: ['password', ...more], isRemembered: remember });
      // A second factor that was turned on meanwhile ended the sessions that it found; this one came after.
      if (more.length === 0 && (await secondFactor.isNeeded(user.id))) {
        await sessions.end(started.identity, started.identity.session.publicId, 'signed-out-elsewhere');
        throw new SecondFactorRequired();
      }
      return started;
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

/** Addresses are compared without regard to case: nobody has two that differ in it alone. */
function normalEmail(email: string): string {
  return email.trim().toLowerCase();
}

function nameFrom(email: string): string {
  return (email.split('@')[0] ?? '').slice(0, 80) || 'Someone';
}
