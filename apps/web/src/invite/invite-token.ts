/**
 * The secret of an invitation travels in the fragment, which browsers send to no server. For the way through sign-in and
 * back it waits in this tab's storage, never in a query.
 */
const storageKey = 'atrium-invite';

/** The token of the fragment, or the one that waits; null when there is neither. */
export function takeInviteToken(fragment: string, storage: Storage): string | null {
  const token = fragment.replace(/^#/u, '');
  if (token === '') return storage.getItem(storageKey);
  storage.setItem(storageKey, token);
  return token;
}

export function forgetInviteToken(storage: Storage): void {
  storage.removeItem(storageKey);
}
