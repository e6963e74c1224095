import type { Factor } from '@atrium/db';
import type { Assertions } from '../passkey/assertions.ts';
import { BadPasskey } from '../passkey/bad-passkey.ts';
import type { Challenges } from '../passkey/challenges.ts';
import type { PasskeyAnswer } from '../passkey/passkey-sign-in.ts';
import type { Device } from '../session/device.ts';
import type { Identity } from '../session/identity.ts';
import { BadCode, type SecondFactor } from './second-factor.ts';

/** By what somebody who is signed in shows, without a password, that it is still them. */
export type FactorProof = { readonly code: string } | { readonly passkey: PasskeyAnswer };

/** Answers the factor that was proved; opening sudo is up to the caller. Throws `BadCode`, `BadPasskey`, `TooManyAttempts`. */
export type ProveByFactor = (identity: Identity, proof: FactorProof, device: Device) => Promise<Factor>;

export interface ProofParts {
  readonly secondFactor: SecondFactor;
  readonly challenges: Challenges;
  readonly assertions: Assertions;
}

export function createProveByFactor({ secondFactor, challenges, assertions }: ProofParts): ProveByFactor {
  return async ({ user }, proof, device) => {
    if ('code' in proof) {
      const factor = await secondFactor.check(user.id, proof.code, device);
      if (factor === null) throw new BadCode();
      return factor;
    }
    const { challengeId, response } = proof.passkey;
    const challenge = await challenges.take(challengeId, { purpose: 'sudo', userId: user.id });
    if (challenge === null) throw new BadPasskey();
    const { isRight } = await assertions.check(response, { challenge, userId: user.id });
    if (!isRight) throw new BadPasskey();
    return 'passkey';
  };
}
