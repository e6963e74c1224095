import { z } from 'zod';
import { userHttpProcedure } from '../policy/procedure.ts';
import { Refusal } from '../refusal.ts';
import { tellEnded } from '../session/take-session.ts';
import type { Deletion } from '../wire.ts';

/**
 * Signs the person out everywhere, now; deletes the account in seven days, unless they sign in before (`takeSession`
 * takes it back). Guests have nothing to come back with: theirs goes with the next sweep.
 */
export const deleteAccount = userHttpProcedure({ isSudo: true })
  .input(z.object({}).optional())
  .mutation(async ({ ctx }): Promise<Deletion> => {
    const requested = await ctx.services.deletions.request(ctx.identity, ctx.device);
    if (!requested) throw new Refusal('SESSION_ENDED');
    tellEnded(ctx, requested.ended, 'signed-out');
    ctx.setCookie(null);
    return { deletesAt: requested.deletesAt.toISOString() };
  });
