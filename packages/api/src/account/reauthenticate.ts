import { BadCode, BadCredentials, BadPasskey, type Identity } from '@atrium/auth';
import type { Factor } from '@atrium/db';
import { z } from 'zod';
import type { HttpContext } from '../context.ts';
import { factorProofInputs } from '../factor/factor-input.ts';
import { Refusal } from '../refusal.ts';
import { passwordInput } from '../text-input.ts';
import type { Me } from '../wire.ts';
import { toMe } from './me.ts';

/** By what somebody who is signed in shows that it is still them. Each kind is one member here and one case in `check`. */
export const proofInput = z.union([z.strictObject({ password: passwordInput }), ...factorProofInputs]);

type Proof = z.output<typeof proofInput>;
type Caller = HttpContext & { readonly identity: Identity };

/** Answers the factor that was proved; throws what tells why none was. */
async function check({ services, identity, device }: Caller, proof: Proof): Promise<Factor> {
  if (!('password' in proof)) return services.proveByFactor(identity, proof, device);
  await services.passwordProof.check(identity, proof.password, device);
  return 'password';
}

/** Opens sudo. What was not right is written down too: somebody else may sit at this device. */
export async function reauthenticate(ctx: Caller, proof: Proof): Promise<Me> {
  const { sessions, audit, lifetimes } = ctx.services;
  const entry = { action: 'sudo-opened', userId: ctx.identity.user.id, device: ctx.device } as const;
  const factor = await check(ctx, proof).catch(async (error: unknown) => {
    if (isWrong(error))
      await audit.record({ ...entry, result: 'refused', detail: { factor: Object.keys(proof).join() } });
    throw error;
  });
  const isOpen = await sessions.prove(ctx.identity, factor);
  const identity = isOpen ? await sessions.reread(ctx.identity) : null;
  if (!identity) throw new Refusal('SESSION_ENDED');
  await audit.record({ ...entry, detail: { factor } });
  return toMe(identity, lifetimes);
}

function isWrong(error: unknown): boolean {
  return error instanceof BadCredentials || error instanceof BadCode || error instanceof BadPasskey;
}
