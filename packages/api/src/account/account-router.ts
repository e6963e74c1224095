import { z } from 'zod';
import { userHttpProcedure } from '../policy/procedure.ts';
import { router } from '../router-builder.ts';
import { lineOfText } from '../text-input.ts';
import type { Me } from '../wire.ts';
import { credentialProcedures } from './credential-procedures.ts';
import { toMe } from './me.ts';

export const accountRouter = router({
  update: userHttpProcedure()
    .input(z.object({ name: lineOfText(80) }))
    .mutation(async ({ ctx, input }): Promise<Me> => {
      const { accounts, live, lifetimes } = ctx.services;
      await accounts.rename(ctx.identity, input.name);
      live.rename(ctx.identity.user.id, input.name);
      return toMe({ ...ctx.identity, user: { ...ctx.identity.user, name: input.name } }, lifetimes);
    }),

  ...credentialProcedures,
});
