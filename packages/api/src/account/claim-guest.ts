import { z } from 'zod';
import { userHttpProcedure } from '../policy/procedure.ts';
import { Refusal } from '../refusal.ts';
import { secureSession } from '../session/take-session.ts';
import { emailInput, lineOfText, newPasswordInput } from '../text-input.ts';
import type { Me } from '../wire.ts';
import { toMe } from './me.ts';

/**
 * A guest becomes somebody with an address and a password: the same user, so rooms, memberships and strokes stay. Open
 * sockets stay open; the token is replaced, because the old one opened less. For all others: `NOT_A_GUEST`.
 */
export const claimGuest = userHttpProcedure({ isSelf: true })
  .input(z.object({ email: emailInput, password: newPasswordInput, name: lineOfText(80).optional() }))
  .mutation(async ({ ctx, input }): Promise<Me> => {
    const { accounts, addresses, sessions, live, lifetimes, deviceCookies } = ctx.services;
    const { email, password, name } = input;
    const claimed = await accounts.claim(ctx.identity, { email, password, name }, ctx.device);
    const { user } = claimed;
    await addresses.greet(claimed, ctx.device);
    if (!(await sessions.prove(claimed, 'password'))) throw new Refusal('SESSION_ENDED');
    await secureSession(ctx, claimed, 'password-changed');
    ctx.setDeviceCookie(deviceCookies.issue(user.id));
    live.rename(user.id, user.name);
    const session = { ...claimed.session, authenticatedAt: new Date(), factors: ['password'] as const };
    return toMe({ ...claimed, session }, lifetimes);
  });
