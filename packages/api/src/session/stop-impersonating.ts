import type { Identity } from '@atrium/auth';
import { nobody, toMe } from '../account/me.ts';
import { actingDevice } from '../access/acting-device.ts';
import type { HttpContext } from '../context.ts';
import { Refusal } from '../refusal.ts';
import type { Me } from '../wire.ts';

/**
 * Hands this browser back to the administrator: their own session with a new token, out of sudo. Nobody is signed in
 * when that session has ended meanwhile.
 */
export async function stopImpersonating(ctx: HttpContext, identity: Identity): Promise<Me> {
  const { sessions, live, audit, lifetimes } = ctx.services;
  if (!identity.session.impersonator) throw new Refusal('NOT_ALLOWED', 'You act as nobody else.');
  const own = await sessions.stopImpersonating(identity);
  live.end(identity.session.publicId, 'signed-out');
  const device = actingDevice(ctx.device, identity);
  await audit.record({ action: 'admin-impersonation-ended', userId: identity.user.id, device });
  ctx.setCookie(own && { token: own.token, remember: own.isRemembered });
  const back = own && (await sessions.resume(own.token));
  return back ? toMe(back, lifetimes) : nobody;
}
