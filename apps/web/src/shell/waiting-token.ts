/**
 * The secret of a link travels in the fragment, which browsers send to no server. It waits in this tab's storage, so that
 * a page that is loaded again, or one that is left for a sign-in and comes back, still knows it; never in a query.
 */
export interface WaitingToken {
  /** The token of the fragment, with or without its `#`, or else the one that waits; null when there is neither. */
  readonly take: (fragment: string) => string | null;
  /** Call it when the token has been used, or can never be. */
  readonly forget: () => void;
}

/** `key` is the place in `storage`: links with different ones know nothing of each other. */
export function waitingToken(key: string, storage: Storage): WaitingToken {
  return {
    take: (fragment) => {
      const token = fragment.replace(/^#/u, '');
      if (token === '') return storage.getItem(key);
      storage.setItem(key, token);
      return token;
    },
    forget: () => storage.removeItem(key),
  };
}
