import {
  claimGuest,
  type Database,
  findClaimants,
  findPasswordHash,
  findUserByEmail,
  insertCredential,
  insertUser,
  QueryFailed,
  type Scope,
  updateName,
  type User,
  type UserWithPassword,
} from '@atrium/db';
import { randomUUID } from 'node:crypto';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { BadCode, type SecondFactor, secondFactorOf } from '../factor/second-factor.ts';
import { startShown } from '../factor/start-shown.ts';
import type { DeviceCookies } from '../limit/device-cookie.ts';
import type { SignInLimits } from '../limit/sign-in-limits.ts';
import { hashPassword, verifyPassword } from '../password/password.ts';
import { checkNewPassword } from '../password/strength.ts';
import type { Device } from '../session/device.ts';
import type { Identity } from '../session/identity.ts';
import type { Sessions, StartedSession } from '../session/sessions.ts';
import { nameFrom } from './name-from.ts';
import { normalEmail } from './normal-email.ts';

/** The one answer to a sign-in that did not work: nothing in it tells whether the account exists. */
export class BadCredentials extends Error {
  constructor() {
    super('The address or the password is not right.');
    this.name = 'BadCredentials';
  }
}

/** Who asks is somebody with an account already. */
export class NotAGuest extends Error {
  constructor() {
    super('This is an account already.');
    this.name = 'NotAGuest';
  }
}

export interface Accounts {
  /**
   * Also when the address belongs to somebody: nothing tells so here, and only whoever reads its mail can confirm it.
   * Throws `TooManyAttempts`, `WeakPassword`, `LineFull`.
   */
  register(
    input: { email: string; password: string; name: string | undefined },
    device: Device,
  ): Promise<StartedSession>;
  /**
   * The account that has confirmed the address, or else the one that claims it with this password. Throws
   * `BadCredentials`, `TooManyAttempts`, `LineFull`, and once the password is right `SecondFactorRequired`, `BadCode`.
   */
  signIn(
    input: { email: string; password: string; remember?: boolean | undefined; code?: string | undefined },
    device: Device,
  ): Promise<StartedSession>;
  /** Someone who wants to try without an account. Throws `TooManyAttempts`. */
  enterAsGuest(input: { name: string }, device: Device): Promise<StartedSession>;
  /**
   * Makes an account out of a guest, whose rooms and strokes stay theirs; the address is a claim like at registration.
   * Of two at once one wins. Answers who the caller is from now on; the session is theirs to secure. Throws `NotAGuest`,
   * `TooManyAttempts`, `WeakPassword`, `LineFull`.
   */
  claim(
    identity: Identity,
    input: { email: string; password: string; name: string | undefined },
    device: Device,
  ): Promise<Identity>;
  rename(identity: Identity, name: string): Promise<void>;
}

export interface AccountParts {
  readonly db: Database;
  readonly sessions: Sessions;
  readonly limits: SignInLimits;
  readonly audit: AuditTrail;
  readonly deviceCookies: DeviceCookies;
  readonly secondFactor: SecondFactor;
}

const signInDoor: Scope = { system: 'sign-in' };
const registrationDoor: Scope = { system: 'registration' };

export function createAccounts(parts: AccountParts): Accounts {
  const { db, sessions, limits, audit, deviceCookies, secondFactor } = parts;
  const candidatesFor = (account: string) =>
    db.withScope(signInDoor, async (tx) => [
      await findUserByEmail(tx, account),
      ...(await findClaimants(tx, account, mostClaimants)),
    ]);

  /** The factors besides the password. Who knows the password and not the code is worth a line in the log. */
  const secondOf = async (userId: string, code: string | undefined, device: Device) =>
    secondFactorOf(secondFactor, { userId, code, device }).catch(async (error: unknown) => {
      const detail = { factor: 'code' };
      if (error instanceof BadCode)
        await audit.record({ action: 'signed-in', result: 'refused', userId, actorId: null, device, detail });
      throw error;
    });

  /** Whoever replaced the password meanwhile ended the sessions that there were, and this one came after. */
  const checkUnchanged = async ({ identity }: StartedSession, passwordHash: string) => {
    const { user, session } = identity;
    if ((await db.withScope(signInDoor, (tx) => findPasswordHash(tx, user.id))) === passwordHash) return;
    await sessions.end(identity, session.publicId, 'password-changed');
    throw new BadCredentials();
  };

  return {
    async register({ email, password, name }, device) {
      await limits.arrival(device.address);
      await checkNewPassword(password, { email, name });
      const passwordHash = await hashPassword(password);
      const user = { id: randomUUID(), email: normalEmail(email), name: name ?? nameFrom(email), isGuest: false };
      await db.withScope(registrationDoor, async (tx) => {
        await insertUser(tx, user);
        await insertCredential(tx, user.id, passwordHash);
      });
      await audit.record({ action: 'registered', userId: user.id, device });
      return sessions.start(user.id, device, { factors: ['password'] });
    },

    async signIn({ email, password, remember, code }, device) {
      const account = normalEmail(email);
      const shown = deviceCookies.read(device.cookie);
      const early = shown && (await candidatesFor(account));
      // A device cookie counts for the account that this address belongs to, and for no other that merely claims it.
      const known = early && ownerAmong(early)?.id === shown.userId ? shown : null;
      const attempt = { account, address: device.address, known };
      await limits.attempt(attempt);
      const candidates = early ?? (await candidatesFor(account));
      // A known browser has guesses of its own: they must not serve for the password of anybody else.
      const fitting = await whoseFits(
        known ? candidates.filter((candidate) => candidate?.user.id === known.userId) : candidates,
        password,
      );
      if (!fitting) {
        // Written down also where there is no account, so that the time of the answer does not tell.
        const userId = ownerAmong(candidates)?.id ?? null;
        await audit.record({ action: 'signed-in', result: 'refused', userId, actorId: null, device });
        throw new BadCredentials();
      }
      const { user, passwordHash } = fitting;
      const more = await secondOf(user.id, code, device);
      await limits.forgive(attempt);
      const all = { userId: user.id, device, first: 'password', more, isRemembered: remember } as const;
      const started = await ifThere(startShown({ sessions, secondFactor }, all));
      await checkUnchanged(started, passwordHash);
      const detail = { factor: ['password', ...more].join(' ') };
      await audit.record({ action: 'signed-in', userId: user.id, device, detail });
      return started;
    },

    async enterAsGuest({ name }, device) {
      await limits.arrival(device.address);
      const user = { id: randomUUID(), email: null, name, isGuest: true };
      await db.withScope(registrationDoor, (tx) => insertUser(tx, user));
      await audit.record({ action: 'registered', userId: user.id, device, detail: { guest: true } });
      return sessions.start(user.id, device, { factors: [] });
    },

    async claim(identity, { email, password, name = identity.user.name }, device) {
      if (!identity.user.isGuest) throw new NotAGuest();
      await limits.arrival(device.address);
      await checkNewPassword(password, { email, name });
      const passwordHash = await hashPassword(password);
      const { id } = identity.user;
      const claimed = { id, email: normalEmail(email), name };
      await db.withScope(registrationDoor, async (tx) => {
        if (!(await claimGuest(tx, claimed))) throw new NotAGuest();
        await insertCredential(tx, id, passwordHash);
      });
      await audit.record({ action: 'guest-claimed', userId: id, device });
      return { ...identity, user: { ...identity.user, ...claimed, isGuest: false, confirmedAt: null } };
    },

    async rename(identity, name) {
      await db.withScope({ user: identity.user.id }, (tx) => updateName(tx, identity.user.id, name));
    },
  };
}

/** The account may have been deleted since its password was read: then there is none to sign in to. */
async function ifThere(starting: Promise<StartedSession>): Promise<StartedSession> {
  try {
    return await starting;
  } catch (error) {
    if (error instanceof QueryFailed && error.code === foreignKeyViolation) throw new BadCredentials();
    throw error;
  }
}

const foreignKeyViolation = '23503';

/** How many of those who claim an address may sign in before one of them has confirmed it. */
const mostClaimants = 1;

/** Whose account it is that somebody means by an address: the one that has confirmed it, or else the newest claim. */
function ownerAmong(candidates: readonly (UserWithPassword | null)[]): User | null {
  return candidates.find((candidate) => candidate !== null)?.user ?? null;
}

interface Fitting {
  readonly user: User;
  readonly passwordHash: string;
}

/**
 * Whose password this is. Always the same number of comparisons, so that neither an unknown address nor one that is
 * only claimed answers sooner.
 */
async function whoseFits(candidates: readonly (UserWithPassword | null)[], password: string): Promise<Fitting | null> {
  let fitting: Fitting | null = null;
  for (let index = 0; index < 1 + mostClaimants; index += 1) {
    const candidate = candidates[index] ?? null;
    const usable = candidate && !candidate.user.disabledAt ? candidate : null;
    const passwordHash = usable?.passwordHash ?? null;
    const isRight = await verifyPassword(passwordHash, password);
    if (isRight && usable && passwordHash !== null) fitting ??= { user: usable.user, passwordHash };
  }
  return fitting;
}
