/** One line of what a provider said, at most `longest` characters; null when nothing is left. */
export function lineOf(value: unknown, longest: number): string | null {
  if (typeof value !== 'string') return null;
  const line = value
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
    .slice(0, longest)
    .trim();
  return line === '' ? null : line;
}

/** An address in lower case, or null for anything that cannot be one. */
export function addressOf(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > 254) return null;
  const address = value.trim().toLowerCase();
  return /^[^\s@\p{C}]+@[^\s@\p{C}]+\.[^\s@\p{C}]+$/u.test(address) ? address : null;
}
