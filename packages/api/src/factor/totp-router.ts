import { z } from 'zod';
import { userHttpProcedure, userProcedure } from '../policy/procedure.ts';
import { router } from '../router-builder.ts';
import { secureSession } from '../session/take-session.ts';
import { codeInput } from '../text-input.ts';
import type { RecoveryCodes, TotpSetup, TotpStatus } from '../wire.ts';

/** Nobody adds a factor to an account whose address may be somebody else's; whoever has one may always turn it off. */
const additions = { isAccount: true, isConfirmed: true, isSudo: true } as const;

export const totpRouter = router({
  status: userProcedure().query(async ({ ctx }): Promise<TotpStatus> => {
    const { since, recoveryCodesLeft } = await ctx.services.totp.status(ctx.identity);
    return { since: since && since.toISOString(), recoveryCodesLeft };
  }),

  begin: userHttpProcedure(additions).mutation(async ({ ctx }): Promise<TotpSetup> => {
    const { secret, uri, expiresAt } = await ctx.services.totp.begin(ctx.identity);
    return { secret, uri, expiresAt: expiresAt.toISOString() };
  }),

  confirm: userHttpProcedure(additions)
    .input(z.object({ code: codeInput }))
    .mutation(async ({ ctx, input }): Promise<RecoveryCodes> => {
      const recoveryCodes = await ctx.services.totp.confirm(ctx.identity, input.code, ctx.device);
      await secureSession(ctx, ctx.identity, 'signed-out-elsewhere');
      return { recoveryCodes };
    }),

  disable: userHttpProcedure({ isSudo: true }).mutation(async ({ ctx }) => {
    await ctx.services.totp.disable(ctx.identity, ctx.device);
    await secureSession(ctx, ctx.identity, 'signed-out-elsewhere');
    return {};
  }),
});

/** Ten new ones; the old ones are void. */
export const recoveryCodesProcedure = userHttpProcedure({ isSudo: true }).mutation(
  async ({ ctx }): Promise<RecoveryCodes> => ({
    recoveryCodes: await ctx.services.totp.renewRecoveryCodes(ctx.identity, ctx.device),
  }),
);
