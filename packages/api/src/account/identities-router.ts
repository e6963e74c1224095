import { providerIds } from '@atrium/auth';
import { z } from 'zod';
import { userHttpProcedure, userProcedure } from '../policy/procedure.ts';
import { Refusal } from '../refusal.ts';
import { router } from '../router-builder.ts';
import type { LinkedIdentities } from '../wire.ts';

const provider = z.enum(providerIds);

export const identitiesRouter = router({
  list: userProcedure().query(async ({ ctx }): Promise<LinkedIdentities> => {
    const { providers } = ctx.services;
    const identities = await providers.list(ctx.identity);
    const linked = new Set(identities.map((identity) => identity.provider));
    return {
      identities: identities.map(({ createdAt, lastUsedAt, ...identity }) => ({
        ...identity,
        createdAt: createdAt.toISOString(),
        lastUsedAt: lastUsedAt && lastUsedAt.toISOString(),
      })),
      linkable: providers.options.filter(({ id }) => !linked.has(id)),
    };
  }),

  /** Answers the path to go to: the browser leaves for the provider there. Only a page of ours can ask for it. */
  begin: userHttpProcedure({ isAccount: true, isSudo: true })
    .input(z.object({ provider, next: z.string().max(2_000).optional() }))
    .mutation(({ ctx, input }): { readonly path: string } => {
      const { providers } = ctx.services;
      if (!providers.options.some(({ id }) => id === input.provider)) throw new Refusal('NOT_FOUND');
      return { path: providers.ticketPath(ctx.identity, { provider: input.provider, next: input.next }) };
    }),

  unlink: userHttpProcedure({ isSudo: true })
    .input(z.object({ provider }))
    .mutation(async ({ ctx, input }) => {
      if (!(await ctx.services.providers.unlink(ctx.identity, input.provider, ctx.device)))
        throw new Refusal('NOT_FOUND');
      return {};
    }),
});
