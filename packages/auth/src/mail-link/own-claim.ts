import { confirmAddress, hasOtherWaysIn, type OwnedMailLink, type ScopedTx } from '@atrium/db';
import { LinkRefused } from './link-refused.ts';

/**
 * Who follows a link to an account whose address nobody has confirmed confirms it: true when this did. It must be theirs
 * alone then, and a passkey, an identity or a token that somebody added before would still open it: that is refused.
 */
export async function ownClaim(tx: ScopedTx, { user, link: { email } }: OwnedMailLink): Promise<boolean> {
  if (user.confirmedAt) return false;
  if (await hasOtherWaysIn(tx, user.id)) throw new LinkRefused('register-anew');
  await confirmAddress(tx, { userId: user.id, email, now: new Date() });
  return true;
}
