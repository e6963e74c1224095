/** A program names itself in this header; a browser never does so by itself, which makes it safe without a page's origin. */
const bearer = /^bearer(?: +(.*))?$/i;

/** What stands behind `Bearer`, good or not; null when the header is missing or holds something else. */
export function bearerToken(header: string | undefined): string | null {
  const found = bearer.exec(header ?? '');
  return found && (found[1] ?? '').trim();
}
