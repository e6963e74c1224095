import type { Factor } from '@atrium/db';

/** Who is calling, as the database knows it at this moment. */
export interface Identity {
  readonly user: {
    readonly id: string;
    /** Null for a guest. */
    readonly email: string | null;
    readonly name: string;
    readonly role: 'user' | 'admin';
    readonly isGuest: boolean;
    readonly confirmedAt: Date | null;
  };
  readonly session: {
    readonly publicId: string;
    readonly createdAt: Date;
    readonly authenticatedAt: Date;
    /** How it was proved whose session this is. */
    readonly factors: readonly Factor[];
    readonly isRemembered: boolean;
    /** Idle end. */
    readonly expiresAt: Date;
    readonly absoluteExpiresAt: Date;
    /** The administrator who acts as this person by this session; null for everybody's own. */
    readonly impersonator: { readonly userId: string; readonly name: string } | null;
  };
  /** Null for a person with a browser. A program's `session.publicId` is the id of its token. */
  readonly token: { readonly permissions: readonly string[] } | null;
}

type ShownSession = Identity['session'];

/** What of a row may leave this folder: none of the hashes. */
export function shownSession(
  row: Omit<ShownSession, 'impersonator'>,
  impersonator: ShownSession['impersonator'],
): ShownSession {
  const { publicId, createdAt, authenticatedAt, factors, isRemembered, expiresAt, absoluteExpiresAt } = row;
  return { publicId, createdAt, authenticatedAt, factors, isRemembered, expiresAt, absoluteExpiresAt, impersonator };
}
