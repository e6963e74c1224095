import { arrangeUser, openTestDatabase, type TestDatabase } from '@atrium/db/testing';
import { type Auth, createAuth } from '../create-auth.ts';
import { codeAt, stepAt } from '../factor/totp-code.ts';
import { createMailbox } from '../mail/mailbox.ts';
import { createGitHubProvider } from '../provider/github-provider.ts';
import { createSecretBox } from '../seal/secret-box.ts';
import type { Device } from '../session/device.ts';
import type { Identity } from '../session/identity.ts';
import { defaultLifetimes } from '../session/lifetimes.ts';
import { SoftwareAuthenticator } from './software-authenticator.ts';

export const device: Device = { userAgent: undefined, address: '203.0.113.7' };

/** Everything about who somebody is, on a real database, with a clock that a test moves. */
export class FactorStage implements AsyncDisposable {
  readonly db: TestDatabase;
  readonly auth: Auth;
  readonly #mailbox = createMailbox();
  /** Milliseconds. */
  now = Date.parse('2026-03-01T12:00:00Z');

  private constructor(db: TestDatabase) {
    this.db = db;
    this.auth = createAuth({
      ...{ db, lifetimes: defaultLifetimes, publicUrl: 'http://localhost:3000' },
      ...{ mailer: this.#mailbox, onMailFailure: () => {} },
      box: createSecretBox(['only for tests, and long enough for them']),
      // Nobody is asked: it is there to be configured.
      providers: [createGitHubProvider({ clientId: 'id', clientSecret: 'secret' })],
      now: () => this.now,
    });
  }

  static async open(): Promise<FactorStage> {
    return new FactorStage(await openTestDatabase());
  }

  /** Somebody with a confirmed address and a session; without the work of hashing a password. */
  async signUp(user: Parameters<typeof arrangeUser>[1] = {}): Promise<Identity> {
    const id = await arrangeUser(this.db, user);
    return (await this.auth.sessions.start(id, device, { factors: [] })).identity;
  }

  /** Turns the second factor on; answers its key and the recovery codes. The code of this step is used up by that. */
  async enableTotp(identity: Identity): Promise<{ readonly key: Buffer; readonly recoveryCodes: readonly string[] }> {
    const { secret } = await this.auth.totp.begin(identity);
    const key = fromBase32(secret);
    return { key, recoveryCodes: await this.auth.totp.confirm(identity, this.code(key), device) };
  }

  /** The code of this moment, or of so many steps after it. */
  code(key: Buffer, later = 0): string {
    return codeAt(key, stepAt(this.now) + later);
  }

  async addPasskey(identity: Identity, authenticator = new SoftwareAuthenticator()): Promise<SoftwareAuthenticator> {
    const { challengeId, options } = await this.auth.passkeys.begin(identity);
    const response = authenticator.register({ challenge: options.challenge });
    await this.auth.passkeys.finish(identity, { challengeId, response }, device);
    return authenticator;
  }

  /** Subjects of what somebody was mailed, in the order in which it happened. */
  async mailsTo({ user }: Identity): Promise<readonly string[]> {
    await this.auth.mailQueue.idle();
    return this.#mailbox.mails
      .filter(({ to }) => to === user.email)
      .map(({ subject }) => subject)
      .toReversed();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.db[Symbol.asyncDispose]();
  }
}

export function fromBase32(text: string): Buffer {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = Array.from(text, (letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}
