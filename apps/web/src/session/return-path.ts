/**
 * Where to go after signing in. The value comes out of the address bar, so it may be anybody's: only a path on this
 * origin is followed, everything else becomes `fallback`.
 */
export function returnPath(next: unknown, fallback = '/rooms'): string {
  if (typeof next !== 'string' || next.length > 2_000) return fallback;
  // One slash, then neither a slash nor a backslash (browsers read "/\host" as "//host"); no control characters,
  // which browsers drop before they parse ("/\t/host").
  // oxlint-disable-next-line no-control-regex
  if (!/^\/(?![/\\])/u.test(next) || /[\u0000-\u001f\u007f\\]/u.test(next)) return fallback;
  const base = 'https://origin.invalid';
  if (!URL.canParse(next, base)) return fallback;
  const url = new URL(next, base);
  if (url.origin !== base || url.pathname.startsWith('//')) return fallback;
  return url.pathname + url.search + url.hash;
}
