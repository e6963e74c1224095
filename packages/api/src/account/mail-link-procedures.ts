import { z } from 'zod';
import { publicProcedure, userHttpProcedure } from '../policy/procedure.ts';
import { secureSession, takeSession, tellEnded } from '../session/take-session.ts';
import { codeInput, emailInput, newPasswordInput, tokenInput } from '../text-input.ts';
import type { MailLinkPreview, Me } from '../wire.ts';
import { toMe } from './me.ts';

/** What begins or goes on with a mail. Whatever asks for one is answered before anybody knows whether there is one. */
export const mailLinkProcedures = {
  resendConfirmation: userHttpProcedure({ isAccount: true })
    .input(z.object({}).optional())
    .mutation(async ({ ctx }) => {
      await ctx.services.addresses.resend(ctx.identity, ctx.device);
      return {};
    }),

  requestMagicLink: publicProcedure.input(z.object({ email: emailInput })).mutation(async ({ ctx, input }) => {
    await ctx.services.linkRequests.request(input.email, 'magic', ctx.device);
    return {};
  }),

  requestPasswordReset: publicProcedure.input(z.object({ email: emailInput })).mutation(async ({ ctx, input }) => {
    await ctx.services.linkRequests.request(input.email, 'reset', ctx.device);
    return {};
  }),

  /** By POST, because an address with the token in it would stand in logs. Uses nothing up. */
  inspectMailLink: publicProcedure
    .input(z.object({ token: tokenInput }))
    .mutation(async ({ ctx, input }): Promise<MailLinkPreview> => {
      const { link, user } = await ctx.services.mailLinks.find(input.token);
      return {
        purpose: link.purpose,
        name: user.name,
        email: link.email,
        createdAt: user.createdAt.toISOString(),
      };
    }),

  /** Signs in nobody: whoever is signed in to the account already gets a new token. */
  confirmEmail: publicProcedure.input(z.object({ token: tokenInput })).mutation(async ({ ctx, input }) => {
    const caller = await ctx.identify();
    const { userId, ended } = await ctx.services.addresses.confirm(input.token, caller, ctx.device);
    tellEnded(ctx, ended, 'signed-out-elsewhere');
    if (caller?.user.id === userId) await secureSession(ctx, caller, 'signed-out-elsewhere');
    return {};
  }),

  consumeMagicLink: publicProcedure
    .input(z.object({ token: tokenInput, remember: z.boolean().optional(), code: codeInput.optional() }))
    .mutation(async ({ ctx, input: { token, remember, code } }): Promise<Me> => {
      const request = { token, code, isRemembered: remember, caller: await ctx.identify() };
      const signedIn = await ctx.services.mailSignIn.signIn(request, ctx.device);
      if (signedIn.type === 'proved') return toMe(signedIn.identity, ctx.services.lifetimes);
      tellEnded(ctx, signedIn.ended, 'signed-out-elsewhere');
      return takeSession(ctx, signedIn.started);
    }),

  resetPassword: publicProcedure
    .input(z.object({ token: tokenInput, password: newPasswordInput, code: codeInput.optional() }))
    .mutation(async ({ ctx, input: { token, password, code } }): Promise<Me> => {
      const { started, ended } = await ctx.services.passwords.reset({ token, password, code }, ctx.device);
      tellEnded(ctx, ended, 'password-changed');
      return takeSession(ctx, started);
    }),
};
