import type { Identity, StartedSession } from '@atrium/auth';
import type { EndReason } from '@atrium/rooms';
import { toMe } from '../account/me.ts';
import type { HttpContext } from '../context.ts';
import { Refusal } from '../refusal.ts';
import type { Me } from '../wire.ts';

/**
 * Somebody signed in: a new token each time, and the session that the browser had before ends, so nobody can plant one.
 * The browser is known to the account from now on, and a deletion that was asked for is taken back.
 */
export async function takeSession(ctx: HttpContext, started: StartedSession): Promise<Me> {
  const { deletions, deviceCookies, lifetimes } = ctx.services;
  const { user } = started.identity;
  const before = await ctx.identify();
  if (before) await endSession(ctx, before);
  // After the session began: whoever deletes the account at this moment has either ended that session, or is undone here.
  const isUndone = await deletions.undo(user.id, ctx.device);
  if (isUndone === null) throw new Refusal('BAD_CREDENTIALS');
  ctx.setCookie({ token: started.token, remember: started.isRemembered });
  if (!user.isGuest) ctx.setDeviceCookie(deviceCookies.issue(user.id));
  return { ...toMe(started.identity, lifetimes), ...(isUndone && { deletionUndone: true }) };
}

/** Signs this browser out on the server; the cookie is the caller's. False when the session was gone already. */
export async function endSession({ services: { sessions, live } }: HttpContext, identity: Identity): Promise<boolean> {
  const { publicId } = identity.session;
  const isEnded = await sessions.end(identity, publicId, 'signed-out');
  // The notification does the same on every node; here it is done before the answer leaves.
  live.end(publicId, 'signed-out');
  return isEnded;
}

/** Closes here what has ended in the database; the notification does the same on every node, a moment later. */
export function tellEnded(
  { services: { live } }: Pick<HttpContext, 'services'>,
  publicIds: readonly string[],
  reason: EndReason,
): void {
  for (const publicId of publicIds) live.end(publicId, reason);
}

/**
 * After a change that only the owner of the account can have wanted (a new password, a second factor, a confirmed
 * address): every other session of this person ends with `reason`, and this browser gets a new token.
 */
export async function secureSession(ctx: HttpContext, identity: Identity, reason: EndReason): Promise<void> {
  const secured = await ctx.services.sessions.secure(identity, reason);
  if (!secured) throw new Refusal('SESSION_ENDED');
  tellEnded(ctx, secured.ended, reason);
  ctx.setCookie({ token: secured.token, remember: secured.isRemembered });
}
