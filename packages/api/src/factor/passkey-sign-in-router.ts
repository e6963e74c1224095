import { z } from 'zod';
import { publicProcedure } from '../policy/procedure.ts';
import { router } from '../router-builder.ts';
import { takeSession } from '../session/take-session.ts';
import type { Me } from '../wire.ts';
import { passkeyAnswerInput } from './factor-input.ts';

export const passkeySignInRouter = router({
  begin: publicProcedure.mutation(({ ctx }) => ctx.services.passkeySignIn.begin(ctx.device)),

  finish: publicProcedure
    .input(passkeyAnswerInput.extend({ remember: z.boolean().optional() }))
    .mutation(async ({ ctx, input }): Promise<Me> => {
      return takeSession(ctx, await ctx.services.passkeySignIn.finish(input, ctx.device));
    }),
});
