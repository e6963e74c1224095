import { generateAuthenticationOptions, type PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { Device } from '../session/device.ts';
import type { Sessions, StartedSession } from '../session/sessions.ts';
import type { Assertion, Assertions } from './assertions.ts';
import { BadPasskey } from './bad-passkey.ts';
import { type Challenges, challengeTime } from './challenges.ts';
import type { PasskeyLimits } from './passkey-limits.ts';
import type { RelyingParty } from './relying-party.ts';

/** A question for `navigator.credentials.get`. */
export interface AssertionQuestion {
  readonly challengeId: string;
  readonly options: Omit<PublicKeyCredentialRequestOptionsJSON, 'extensions'>;
}

export interface PasskeyAnswer {
  readonly challengeId: string;
  readonly response: Assertion;
}

/**
 * Signs in whoever holds a passkey, without an address or a password. The authenticator verifies the person each time, so
 * it counts as two factors and no code is asked for.
 */
export interface PasskeySignIn {
  /** Names no passkey: the browser offers those that it has. Throws `TooManyAttempts`. */
  begin(device: Device): Promise<AssertionQuestion>;
  /** Throws `BadPasskey`, `TooManyAttempts`. */
  finish(answer: PasskeyAnswer & { readonly remember?: boolean | undefined }, device: Device): Promise<StartedSession>;
}

export interface PasskeySignInParts {
  readonly sessions: Sessions;
  readonly audit: AuditTrail;
  readonly challenges: Challenges;
  readonly assertions: Assertions;
  readonly limits: PasskeyLimits;
  readonly party: RelyingParty;
}

export function createPasskeySignIn(parts: PasskeySignInParts): PasskeySignIn {
  const { sessions, audit, challenges, assertions, limits, party } = parts;
  const use = { purpose: 'sign-in', userId: null } as const;

  return {
    async begin(device) {
      await limits.count(device.address);
      return askForAssertion(await challenges.issue(use), { party, passkeys: [] });
    },

    async finish({ challengeId, response, remember }, device) {
      await limits.count(device.address);
      const challenge = await challenges.take(challengeId, use);
      if (challenge === null) throw new BadPasskey();
      const { user, isRight } = await assertions.check(response, { challenge, userId: null });
      const entry = { action: 'signed-in', userId: user.id, device, detail: { factor: 'passkey' } } as const;
      if (!isRight) {
        await audit.record({ ...entry, result: 'refused', actorId: null });
        throw new BadPasskey();
      }
      const started = await sessions.start(user.id, device, { factors: ['passkey'], isRemembered: remember });
      await audit.record(entry);
      return started;
    },
  };
}

export interface Asked {
  readonly party: RelyingParty;
  /** Which passkeys may answer; none: any. */
  readonly passkeys: readonly { readonly id: string; readonly transports: string[] }[];
}

/** The question in the form that browsers read. */
export async function askForAssertion(
  { id, challenge }: { readonly id: string; readonly challenge: string },
  { party, passkeys }: Asked,
): Promise<AssertionQuestion> {
  const { extensions: _none, ...options } = await generateAuthenticationOptions({
    rpID: party.id,
    challenge: Uint8Array.from(Buffer.from(challenge, 'base64url')),
    timeout: challengeTime,
    userVerification: 'required',
    ...(passkeys.length > 0 && {
      allowCredentials: passkeys.map(({ id: passkey, transports }) => ({ id: passkey, transports })),
    }),
  });
  return { challengeId: id, options };
}
