import { hashToken, newToken } from '@atrium/auth';
import { type Database, insertSetupLink } from '@atrium/db';

/** A day: whoever starts the server and does not use it starts it again for another. */
const lifetime = 86_400_000;

/**
 * A link that makes whoever opens it, with a confirmed account, the first administrator; null when there is one already.
 * The address is for the terminal alone: the secret behind # reaches no server and no log, and the database has its hash.
 */
export async function offerSetup(db: Database, publicUrl: string): Promise<string | null> {
  const token = newToken();
  const link = { tokenHash: hashToken(token), expiresAt: new Date(Date.now() + lifetime) };
  const isNeeded = await db.withScope({ system: 'setup' }, (tx) => insertSetupLink(tx, link));
  return isNeeded ? `${publicUrl}/setup#${token}` : null;
}
