import { type Identity, isExtendable, type Lifetimes } from '@atrium/auth';
import type { Me } from '../wire.ts';

export const nobody: Me = { user: null, session: null };

export function toMe({ user, session }: Identity, lifetimes: Lifetimes): Me {
  return {
    user: {
      id: user.id,
      email: user.email,
      name: user.name,
      role: user.role,
      confirmed: user.confirmedAt !== null,
      guest: user.isGuest,
    },
    session: {
      publicId: session.publicId,
      authenticatedAt: session.authenticatedAt.toISOString(),
      sudoUntil: new Date(session.authenticatedAt.getTime() + lifetimes.sudo).toISOString(),
      expiresAt: session.expiresAt.toISOString(),
      absoluteExpiresAt: session.absoluteExpiresAt.toISOString(),
      canExtend: session.impersonator === null && isExtendable(session, lifetimes),
      factors: session.factors,
      remembered: session.isRemembered,
      impersonatedBy: session.impersonator,
    },
  };
}
