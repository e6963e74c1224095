import type { OwnPasskey } from '@atrium/db';
import { z } from 'zod';
import { userHttpProcedure, userProcedure } from '../policy/procedure.ts';
import { Refusal } from '../refusal.ts';
import { router } from '../router-builder.ts';
import { secureSession } from '../session/take-session.ts';
import { lineOfText } from '../text-input.ts';
import type { Passkey } from '../wire.ts';
import { registrationInput } from './factor-input.ts';

const name = lineOfText(80);
const id = z.string().min(1).max(1_400);
/** Nobody adds a key to an account whose address may be somebody else's; whoever has one may always take it away. */
const additions = { isAccount: true, isConfirmed: true, isSudo: true } as const;

export const passkeysRouter = router({
  list: userProcedure().query(async ({ ctx }): Promise<Passkey[]> => {
    return (await ctx.services.passkeys.list(ctx.identity)).map(toPasskey);
  }),

  begin: userHttpProcedure(additions).mutation(({ ctx }) => ctx.services.passkeys.begin(ctx.identity)),

  finish: userHttpProcedure(additions)
    .input(z.object({ challengeId: z.uuid(), response: registrationInput, name: name.optional() }))
    .mutation(async ({ ctx, input }): Promise<Passkey> => {
      const passkey = await ctx.services.passkeys.finish(ctx.identity, input, ctx.device);
      await secureSession(ctx, ctx.identity, 'signed-out-elsewhere');
      return toPasskey(passkey);
    }),

  rename: userHttpProcedure({ isSudo: true })
    .input(z.object({ id, name }))
    .mutation(async ({ ctx, input }) => {
      if (!(await ctx.services.passkeys.rename(ctx.identity, input, ctx.device))) throw new Refusal('NOT_FOUND');
      return {};
    }),

  remove: userHttpProcedure({ isSudo: true })
    .input(z.object({ id }))
    .mutation(async ({ ctx, input }) => {
      if (!(await ctx.services.passkeys.remove(ctx.identity, input.id, ctx.device))) throw new Refusal('NOT_FOUND');
      await secureSession(ctx, ctx.identity, 'signed-out-elsewhere');
      return {};
    }),

  /** What `auth.reauthenticate {passkey}` answers: asks one's own passkeys whether it is still the same person. */
  beginProof: userHttpProcedure({ isSelf: true }).mutation(({ ctx }) => ctx.services.passkeys.beginProof(ctx.identity)),
});

function toPasskey(passkey: OwnPasskey): Passkey {
  return {
    id: passkey.id,
    name: passkey.name,
    synced: passkey.isBackedUp,
    createdAt: passkey.createdAt.toISOString(),
    lastUsedAt: passkey.lastUsedAt && passkey.lastUsedAt.toISOString(),
  };
}
