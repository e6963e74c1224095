import type { Database, Factor } from '@atrium/db';
import { randomUUID } from 'node:crypto';
import { Lucia, TimeSpan } from 'lucia';
import { addressPrefix } from '../network/network.ts';
import { type Device, deviceLabel } from './device.ts';
import type { Lifetimes } from './lifetimes.ts';

/** What a session begins with, beside how it was proved. `now` in milliseconds since 1970. */
export function newAttributes(now: number, device: Device, lifetimes: Lifetimes) {
  const at = new Date(now);
  return {
    publicId: randomUUID() as string,
    createdAt: at,
    authenticatedAt: at,
    absoluteExpiresAt: new Date(now + lifetimes.absolute),
    lastSeenAt: at,
    rotatedAt: at,
    label: deviceLabel(device.userAgent),
    ipPrefix: addressPrefix(device.address),
  };
}

/** Lucia finds a session by any token that it knows; what the token means is for rotation.ts to say. */
export function createLucia(db: Database, lifetimes: Lifetimes) {
  // Lucia would move the idle end itself past half of its time: once per parallel request, and past the absolute end.
  // `touchSession` does it, guarded and capped.
  const adapter = { ...db.sessionAdapter, updateSessionExpiration: () => Promise.resolve() };
  return new Lucia(adapter, {
    sessionExpiresIn: new TimeSpan(lifetimes.idle, 'ms'),
    getSessionAttributes: ({ label: _label, ipPrefix: _ipPrefix, ...attributes }) => attributes,
    getUserAttributes: ({ email, name, role, isGuest, confirmedAt, disabledAt }) => ({
      email,
      name,
      role,
      isGuest,
      confirmedAt,
      disabledAt,
    }),
  });
}

interface TokenAttributes {
  readonly nextId?: string | null;
  readonly previousId?: string | null;
  readonly previousUntil?: Date | null;
  readonly impersonatorId?: string | null;
  readonly impersonatorSession?: string | null;
}

declare module 'lucia' {
  interface Register {
    Lucia: ReturnType<typeof createLucia>;
    UserId: string;
    DatabaseSessionAttributes: ReturnType<typeof newAttributes> &
      TokenAttributes & {
        readonly factors: readonly Factor[];
        readonly isRemembered: boolean;
      };
    DatabaseUserAttributes: {
      email: string | null;
      name: string;
      role: 'user' | 'admin';
      isGuest: boolean;
      confirmedAt: Date | null;
      disabledAt: Date | null;
    };
  }
}
