import type { Identity } from '@atrium/auth';
import { z } from 'zod';
import { userHttpProcedure } from '../policy/procedure.ts';
import { Refusal } from '../refusal.ts';
import { secureSession, tellEnded } from '../session/take-session.ts';
import { emailInput, newPasswordInput, passwordInput, tokenInput } from '../text-input.ts';

/** What a person changes about how they sign in. */
export const credentialProcedures = {
  /** The first password of an account that has none, too. Who is in sudo need not type the old one. */
  changePassword: userHttpProcedure({ isSudo: true })
    .input(z.object({ current: passwordInput.optional(), password: newPasswordInput }))
    .mutation(async ({ ctx, input: { current, password } }) => {
      demandAccount(ctx.identity);
      const ended = await ctx.services.passwords.change(ctx.identity, { current, password }, ctx.device);
      tellEnded(ctx, ended, 'password-changed');
      await secureSession(ctx, ctx.identity, 'password-changed');
      return {};
    }),

  /** Mails a link to the new address; until it is used, nothing changes. */
  changeEmail: userHttpProcedure({ isSudo: true })
    .input(z.object({ email: emailInput }))
    .mutation(async ({ ctx, input }) => {
      demandAccount(ctx.identity);
      await ctx.services.addresses.requestChange(ctx.identity, input.email, ctx.device);
      return {};
    }),

  confirmEmailChange: userHttpProcedure({ isSudo: true })
    .input(z.object({ token: tokenInput }))
    .mutation(async ({ ctx, input }) => {
      const { ended } = await ctx.services.addresses.confirmChange(input.token, ctx.identity, ctx.device);
      tellEnded(ctx, ended, 'signed-out-elsewhere');
      await secureSession(ctx, ctx.identity, 'signed-out-elsewhere');
      return {};
    }),
};

function demandAccount({ user }: Identity): void {
  if (user.isGuest) throw new Refusal('NOT_ALLOWED', 'Guests have neither: create an account first.');
}
