import {
  beginTotpSecret,
  confirmTotpSecret,
  countRecoveryCodes,
  type Database,
  deleteRecoveryCodes,
  deleteTotpSecret,
  findTotpSecret,
  findTotpStart,
  lockUser,
  replaceRecoveryCodes,
  type Scope,
} from '@atrium/db';
import { randomBytes } from 'node:crypto';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { SecretBox } from '../seal/secret-box.ts';
import type { Device } from '../session/device.ts';
import type { Identity } from '../session/identity.ts';
import { openSecret } from './code-check.ts';
import type { CodeLimits } from './code-limits.ts';
import { hashRecoveryCode, newRecoveryCodes } from './recovery-codes.ts';
import { BadCode } from './second-factor.ts';
import { matchingStep, secretIn, totpUri } from './totp-code.ts';

/** It is on already: turning it on again would void the app that its owner has. */
export class TotpIsOn extends Error {
  constructor() {
    super('A second factor is on already.');
    this.name = 'TotpIsOn';
  }
}

/** There is no second factor to change. */
export class TotpIsOff extends Error {
  constructor() {
    super('There is no second factor.');
    this.name = 'TotpIsOff';
  }
}

/** Setting it up took too long, or began again elsewhere. */
export class TotpSetupOver extends Error {
  constructor() {
    super('Setting up the second factor is to begin again.');
    this.name = 'TotpSetupOver';
  }
}

export interface TotpSetup {
  /** Base32, to be typed. */
  readonly secret: string;
  /** `otpauth://`, to be scanned. */
  readonly uri: string;
  readonly expiresAt: Date;
}

export interface TotpStatus {
  /** Null: off. */
  readonly since: Date | null;
  readonly recoveryCodesLeft: number;
}

/** An authenticator app beside the password. Whoever changes it secures the session afterwards. */
export interface Totp {
  status(identity: Identity): Promise<TotpStatus>;
  /** A secret that counts once a code of it was typed. Throws `TotpIsOn`. */
  begin(identity: Identity): Promise<TotpSetup>;
  /** Turns it on; answers ten recovery codes, which are shown once. Throws `BadCode`, `TotpSetupOver`, `TooManyAttempts`. */
  confirm(identity: Identity, code: string, device: Device): Promise<readonly string[]>;
  /** Throws `TotpIsOff`. */
  disable(identity: Identity, device: Device): Promise<void>;
  /** Ten new ones; the old ones are void. Throws `TotpIsOff`. */
  renewRecoveryCodes(identity: Identity, device: Device): Promise<readonly string[]>;
}

export interface TotpParts {
  readonly db: Database;
  readonly box: SecretBox;
  readonly limits: CodeLimits;
  readonly audit: AuditTrail;
  /** Milliseconds. */
  readonly now: () => number;
}

const door: Scope = { system: 'credentials' };

/** Milliseconds between `begin` and `confirm`. */
const setupTime = 15 * 60_000;

/** 160 bits, as RFC 4226 recommends. */
const keyLength = 20;

export function createTotp({ db, box, limits, audit, now }: TotpParts): Totp {
  return {
    status: ({ user }) =>
      db.withScope({ user: user.id }, async (tx) => ({
        since: await findTotpStart(tx, user.id),
        recoveryCodesLeft: await countRecoveryCodes(tx, user.id),
      })),

    async begin({ user }) {
      const key = randomBytes(keyLength);
      const createdAt = new Date(now());
      const sealedSecret = box.seal('totp', key.toString('base64url'));
      const isBegun = await db.withScope(door, (tx) =>
        beginTotpSecret(tx, { userId: user.id, sealedSecret, createdAt }),
      );
      if (!isBegun) throw new TotpIsOn();
      const expiresAt = new Date(createdAt.getTime() + setupTime);
      const uri = totpUri(key, user.email ?? user.name);
      return { secret: secretIn(uri), uri, expiresAt };
    },

    async confirm({ user }, code, device) {
      const begun = await db.withScope(door, (tx) => findTotpSecret(tx, user.id));
      if (!begun || begun.confirmedAt || begun.createdAt.getTime() + setupTime <= now()) throw new TotpSetupOver();
      await limits.attempt(user.id, 'totp');
      const key = openSecret(box, begun.sealedSecret);
      const step = key && matchingStep(key, code.replace(/\s/g, ''), now());
      if (step === null) throw new BadCode();
      const codes = newRecoveryCodes();
      const match = { userId: user.id, sealedSecret: begun.sealedSecret, step };
      await db.withScope(door, async (tx) => {
        await lockUser(tx, user.id);
        if (!(await confirmTotpSecret(tx, match, new Date(now())))) throw new TotpSetupOver();
        await replaceRecoveryCodes(tx, user.id, codes.map(hashRecoveryCode));
      });
      await limits.forgive(user.id, 'totp');
      await audit.record({ action: 'totp-added', userId: user.id, device });
      return codes;
    },

    async disable({ user }, device) {
      await db.withScope(door, async (tx) => {
        await lockUser(tx, user.id);
        if (!(await deleteTotpSecret(tx, user.id))) throw new TotpIsOff();
        await deleteRecoveryCodes(tx, user.id);
      });
      await audit.record({ action: 'totp-removed', userId: user.id, device });
    },

    async renewRecoveryCodes({ user }, device) {
      const codes = newRecoveryCodes();
      await db.withScope(door, async (tx) => {
        await lockUser(tx, user.id);
        if (!(await findTotpSecret(tx, user.id))?.confirmedAt) throw new TotpIsOff();
        await replaceRecoveryCodes(tx, user.id, codes.map(hashRecoveryCode));
      });
      await audit.record({ action: 'recovery-codes-made', userId: user.id, device });
      return codes;
    },
  };
}
