import type { WaysIn } from '@atrium/db';

/** Without this one nobody could sign in to the account any more. */
export class LastCredential extends Error {
  constructor() {
    super('This is the last way to sign in to this account. Add another one first.');
    this.name = 'LastCredential';
  }
}

/** The last way in stays: takes the ways that would be left, and throws `LastCredential` when that is none. */
export function requireWayIn({ password, passkeys, identities, email }: WaysIn): void {
  if (!password && !email && passkeys === 0 && identities === 0) throw new LastCredential();
}
