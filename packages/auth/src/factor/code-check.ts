import { type Database, findTotpSecret, type Scope, takeRecoveryCode, takeTotpStep } from '@atrium/db';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { SecretBox } from '../seal/secret-box.ts';
import type { Device } from '../session/device.ts';
import type { CodeLimits } from './code-limits.ts';
import { hashRecoveryCode, isRecoveryCode } from './recovery-codes.ts';
import type { SecondFactor } from './second-factor.ts';
import { matchingStep } from './totp-code.ts';

export interface CodeCheckParts {
  readonly db: Database;
  readonly box: SecretBox;
  readonly limits: CodeLimits;
  readonly audit: AuditTrail;
  /** Milliseconds. */
  readonly now: () => number;
}

const door: Scope = { system: 'credentials' };
const unknownDevice: Device = { userAgent: undefined, address: '' };

/** Compares codes with what the database keeps of an account. A code works once, however many try it at the same time. */
export function createCodeCheck({ db, box, limits, audit, now }: CodeCheckParts): SecondFactor {
  const secretOf = (userId: string) => db.withScope(door, (tx) => findTotpSecret(tx, userId));

  const takeTotp = async (userId: string, code: string) => {
    const found = await secretOf(userId);
    const key = found?.confirmedAt && openSecret(box, found.sealedSecret);
    const step = key ? matchingStep(key, code, now()) : null;
    if (!found || step === null) return false;
    return db.withScope(door, (tx) => takeTotpStep(tx, { userId, sealedSecret: found.sealedSecret, step }));
  };

  const takeRecovery = async (userId: string, code: string) => {
    const codeHash = hashRecoveryCode(code);
    return db.withScope(door, (tx) => takeRecoveryCode(tx, { userId, codeHash, at: new Date(now()) }));
  };

  return {
    async isNeeded(userId) {
      return (await secretOf(userId))?.confirmedAt != null;
    },

    async check(userId, code, device = unknownDevice) {
      const kind = isRecoveryCode(code) ? 'recovery-code' : 'totp';
      await limits.attempt(userId, kind);
      const isRight =
        kind === 'totp' ? await takeTotp(userId, code.replace(/\s/g, '')) : await takeRecovery(userId, code);
      if (!isRight) return null;
      await limits.forgive(userId, kind);
      if (kind === 'recovery-code') await audit.record({ action: 'recovery-code-used', userId, device });
      return kind;
    },
  };
}

/** Null when the server's key was taken away: then recovery codes and passkeys are left. */
export function openSecret(box: SecretBox, sealed: string): Uint8Array | null {
  const opened = box.open('totp', sealed);
  return opened === null ? null : Buffer.from(opened, 'base64url');
}
