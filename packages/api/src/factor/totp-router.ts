import { z } from 'zod';
import { userHttpProcedure, userProcedure } from '../policy/procedure.ts';
import { router } from '../router-builder.ts';
import { secureSession } from '../session/take-session.ts';
import type { RecoveryCodes, TotpSetup, TotpStatus } from '../wire.ts';
import { demandAccount } from './demand-account.ts';
import { codeInput } from './factor-input.ts';

export const totpRouter = router({
  status: userProcedure().query(async ({ ctx }): Promise<TotpStatus> => {
    const { since, recoveryCodesLeft } = await ctx.services.totp.status(ctx.identity);
    return { since: since && since.toISOString(), recoveryCodesLeft };
  }),

  begin: userHttpProcedure({ isSudo: true, isConfirmed: true }).mutation(async ({ ctx }): Promise<TotpSetup> => {
    demandAccount(ctx.identity);
    const { secret, uri, expiresAt } = await ctx.services.totp.begin(ctx.identity);
    return { secret, uri, expiresAt: expiresAt.toISOString() };
  }),

  confirm: userHttpProcedure({ isSudo: true, isConfirmed: true })
    .input(z.object({ code: codeInput }))
    .mutation(async ({ ctx, input }): Promise<RecoveryCodes> => {
      demandAccount(ctx.identity);
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
