import type { Identity, StartedSession } from '@atrium/auth';
import type { EndReason } from '@atrium/rooms';
import { toMe } from '../account/me.ts';
import type { HttpContext } from '../context.ts';
import { Refusal } from '../refusal.ts';
import type { Me } from '../wire.ts';

/** Somebody signed in: a new token each time, and the session that the browser had before ends, so nobody can plant one. */
export async function takeSession(ctx: HttpContext, started: StartedSession): Promise<Me> {
  const before = await ctx.identify();
  if (before) await endSession(ctx, before);
  ctx.setCookie({ token: started.token, remember: started.isRemembered });
  return toMe(started.identity, ctx.services.lifetimes);
}

/** Signs this browser out on the server; the cookie is the caller's. */
export async function endSession({ services: { sessions, live } }: HttpContext, identity: Identity): Promise<void> {
  const { publicId } = identity.session;
  await sessions.end(identity, publicId, 'signed-out');
  // The notification does the same on every node; here it is done before the answer leaves.
  live.end(publicId, 'signed-out');
}

/** Closes here what has ended in the database; the notification does the same on every node, a moment later. */
export function tellEnded({ services: { live } }: HttpContext, publicIds: readonly string[], reason: EndReason): void {
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
