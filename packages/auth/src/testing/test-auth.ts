import { openTestDatabase, type TestDatabase } from '@atrium/db/testing';
import { type Auth, type AuthOptions, createAuth } from '../create-auth.ts';
import { createMailbox, type KeptMail } from '../mail/mailbox.ts';
import { createSecretBox } from '../seal/secret-box.ts';
import type { Device } from '../session/device.ts';
import { defaultLifetimes } from '../session/lifetimes.ts';
import type { StartedSession } from '../session/sessions.ts';

/** All services of identity on a database of their own, with a mailbox at the end. */
export interface TestAuth extends AsyncDisposable {
  readonly auth: Auth;
  readonly db: TestDatabase;
  readonly device: Device;
  /** Every mail to this address that was caused so far, newest first. */
  mailsTo(email: string): Promise<readonly KeptMail[]>;
  /** The token in the newest mail to this address. */
  tokenTo(email: string): Promise<string>;
  /** Registers, as the procedure does; the mail about it has been sent. */
  register(email: string, password?: string): Promise<StartedSession>;
  /** The same, and confirms the address. */
  signUp(email: string, password?: string): Promise<StartedSession>;
}

export async function openTestAuth(parts: Pick<AuthOptions, 'secondFactor'> = {}): Promise<TestAuth> {
  const db = await openTestDatabase();
  const mailbox = createMailbox();
  const auth = createAuth({
    ...{ db, lifetimes: defaultLifetimes, box: createSecretBox(['x'.repeat(32)]), mailer: mailbox, ...parts },
    publicUrl: 'http://localhost:3000',
    onMailFailure: (error) => {
      throw error;
    },
  });
  // Another network each time, so that limits are met only by the tests that are about them.
  let networks = 0;
  const device = {
    userAgent: undefined,
    get address() {
      networks += 1;
      return `10.${networks >> 8}.${networks & 255}.1`;
    },
  };
  const mailsTo = async (email: string) => {
    await auth.mailQueue.idle();
    return mailbox.mails.filter(({ to }) => to === email);
  };
  const tokenTo = async (email: string) => (await mailsTo(email))[0]?.links[0]?.split('#')[1] ?? 'no mail';
  const register = async (email: string, password = 'correct horse') => {
    const started = await auth.accounts.register({ email, password, name: undefined }, device);
    await auth.addresses.greet(started.identity, device);
    // Mails are written side by side: the next one is to be the newer one.
    await auth.mailQueue.idle();
    return started;
  };
  return {
    ...{ auth, db, device, mailsTo, tokenTo, register },
    async signUp(email, password) {
      const started = await register(email, password);
      await auth.addresses.confirm(await tokenTo(email), started.identity, device);
      return started;
    },
    async [Symbol.asyncDispose]() {
      await auth.mailQueue.drain(1_000);
      await db[Symbol.asyncDispose]();
    },
  };
}
