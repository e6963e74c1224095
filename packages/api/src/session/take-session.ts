import type { Identity, StartedSession } from '@atrium/auth';
import { toMe } from '../account/me.ts';
import type { HttpContext } from '../context.ts';
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
