/**
 * The secret of a mailed link travels in the fragment, which browsers send to no server. It is taken out of the address
 * bar at once, and waits in this tab's storage, so that a page that is loaded again still knows it.
 */
const storageKey = (page: string) => `atrium-link:${page}`;

export interface LinkPlace {
  /** The path of the page, such as `/confirm`. */
  readonly page: string;
  /** With or without its `#`. */
  readonly fragment: string;
  readonly storage: Storage;
}

/** The token of the fragment, or the one that waits for this page; null when there is neither. */
export function takeLinkToken({ page, fragment, storage }: LinkPlace): string | null {
  const token = fragment.replace(/^#/u, '');
  if (token === '') return storage.getItem(storageKey(page));
  storage.setItem(storageKey(page), token);
  return token;
}

/** Call it when the token has been used, or can never be. */
export function forgetLinkToken(page: string, storage: Storage): void {
  storage.removeItem(storageKey(page));
}
