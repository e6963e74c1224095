/**
 * Where to go after a sign-in elsewhere: `next` if it is a path on this origin, otherwise `fallback`. It came out of
 * an address, so anybody may have written it. The pages have the same rule for their own.
 */
export function returnPath(next: string | null | undefined, fallback: string): string {
  if (next === null || next === undefined || next.length > 2_000) return fallback;
  // Browsers read a backslash as a slash and drop control characters before they parse.
  // oxlint-disable-next-line no-control-regex
  if (!next.startsWith('/') || /[\u0000-\u001f\u007f\\]/u.test(next)) return fallback;
  const base = 'https://origin.invalid';
  if (!URL.canParse(next, base)) return fallback;
  const { origin, pathname, search, hash } = new URL(next, base);
  return origin === base && !pathname.startsWith('//') ? pathname + search + hash : fallback;
}
