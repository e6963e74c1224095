import { hashToken } from '@atrium/auth';
import { consumeSetupLink } from '@atrium/db';
import { z } from 'zod';
import { userHttpProcedure } from '../policy/procedure.ts';
import { Refusal } from '../refusal.ts';

/**
 * Whoever holds the link that the server printed becomes the first administrator: once, and only while there is none.
 * Nobody who guesses learns which of these it was.
 */
export const becomeFirst = userHttpProcedure({ isAccount: true, isConfirmed: true, isSudo: true })
  .input(z.object({ token: z.string().max(200) }))
  .mutation(async ({ ctx, input }) => {
    const { db, audit } = ctx.services;
    const userId = ctx.identity.user.id;
    const tokenHash = hashToken(input.token);
    const isMade = await db.withScope({ system: 'setup' }, async (tx) => {
      if (!(await consumeSetupLink(tx, { tokenHash, userId, now: new Date() }))) return false;
      await audit.recordIn(tx, { action: 'admin-first', userId, device: ctx.device });
      return true;
    });
    if (!isMade)
      throw new Refusal('LINK_INVALID', 'This link does not work any more. Start the server once more for a new one.');
    return {};
  });
