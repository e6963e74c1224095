import type { Identity } from '@atrium/auth';
import { findStanding } from '@atrium/db';
import type { Context } from '../context.ts';
import { Refusal } from '../refusal.ts';
import type { Facts, Standing } from './rules.ts';

/** What is known about whoever calls. Over HTTP the row was read a moment ago; a socket asks it again. */
export function factsOf(ctx: Context, identity: Identity): Facts {
  let standing: Promise<Standing> | null = null;
  return {
    token: identity.token,
    isImpersonated: identity.session.impersonator !== null,
    standing: () => (standing ??= standingOf(ctx, identity)),
    isInSudo: () => isInSudo(ctx, identity),
  };
}

/**
 * What a socket remembers of its user is as old as the socket. A guest may have claimed an account since, an address may
 * be confirmed, and an administrator may be none any more.
 */
async function standingOf(ctx: Context, { user }: Identity): Promise<Standing> {
  if (ctx.transport === 'http') return user;
  const standing = await ctx.services.db.withScope({ user: user.id }, (tx) => findStanding(tx, user.id));
  if (!standing) throw new Refusal('SESSION_ENDED');
  return standing;
}

/** What a socket remembers of its session is as old as the socket, so the row is asked. */
async function isInSudo(ctx: Context, identity: Identity): Promise<boolean> {
  const { sessions, lifetimes } = ctx.services;
  const at = ctx.transport === 'socket' ? await sessions.authenticatedAt(identity) : identity.session.authenticatedAt;
  return at !== null && Date.now() - at.getTime() < lifetimes.sudo;
}
