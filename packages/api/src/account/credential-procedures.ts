import { z } from 'zod';
import { userHttpProcedure } from '../policy/procedure.ts';
import { secureSession, tellEnded } from '../session/take-session.ts';
import { emailInput, newPasswordInput, passwordInput, tokenInput } from '../text-input.ts';

const ownCredentials = { isAccount: true, isSudo: true } as const;

/** What a person changes about how they sign in. */
export const credentialProcedures = {
  /** The first password of an account that has none, too. Who is in sudo need not type the old one. */
  changePassword: userHttpProcedure(ownCredentials)
    .input(z.object({ current: passwordInput.optional(), password: newPasswordInput }))
    .mutation(async ({ ctx, input: { current, password } }) => {
      const ended = await ctx.services.passwords.change(ctx.identity, { current, password }, ctx.device);
      tellEnded(ctx, ended, 'password-changed');
      await secureSession(ctx, ctx.identity, 'password-changed');
      return {};
    }),

  /** Mails a link to the new address; until it is used, nothing changes. */
  changeEmail: userHttpProcedure(ownCredentials)
    .input(z.object({ email: emailInput }))
    .mutation(async ({ ctx, input }) => {
      await ctx.services.addresses.requestChange(ctx.identity, input.email, ctx.device);
      return {};
    }),

  confirmEmailChange: userHttpProcedure(ownCredentials)
    .input(z.object({ token: tokenInput }))
    .mutation(async ({ ctx, input }) => {
      const { ended } = await ctx.services.addresses.confirmChange(input.token, ctx.identity, ctx.device);
      tellEnded(ctx, ended, 'signed-out-elsewhere');
      await secureSession(ctx, ctx.identity, 'signed-out-elsewhere');
      return {};
    }),
};
