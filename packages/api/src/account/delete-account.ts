import { z } from 'zod';
import { userHttpProcedure } from '../policy/procedure.ts';
import { Refusal } from '../refusal.ts';
import type { Deletion } from '../wire.ts';

/**
 * Signs the person out everywhere, now; deletes the account in seven days, unless they sign in before (`takeSession`
 * takes it back). Guests have nothing to come back with: theirs goes with the next sweep.
 */
export const deleteAccount = userHttpProcedure({ isSudo: true })
  .input(z.object({}).optional())
  .mutation(async ({ ctx }): Promise<Deletion> => {
    const { deletions, live } = ctx.services;
    const requested = await deletions.request(ctx.identity, ctx.device);
    if (!requested) throw new Refusal('SESSION_ENDED');
    // The notifications do the same on every node; here it is done before the answer leaves.
    for (const publicId of requested.ended) live.end(publicId, 'signed-out');
    ctx.setCookie(null);
    return { deletesAt: requested.deletesAt.toISOString() };
  });
