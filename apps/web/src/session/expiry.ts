/** How long before the end of a session its person is told, milliseconds. */
const notice = 120_000;

/** No timer is longer: browsers fire those beyond 24.8 days at once. */
const longestTimer = 3_600_000;

export interface Expiry {
  /** Whole seconds until the end, at least 0; null while it is too early to speak of it. */
  readonly secondsLeft: number | null;
  /** When to look again, milliseconds from now. */
  readonly lookAgain: number;
}

/** Both are milliseconds since 1970. */
export function expiryAt(end: number, now: number): Expiry {
  const left = end - now;
  if (left > notice) return { secondsLeft: null, lookAgain: Math.min(left - notice, longestTimer) };
  return { secondsLeft: Math.max(0, Math.ceil(left / 1_000)), lookAgain: 1_000 };
}

/** "1:05". */
export function clockTime(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** What a screen reader says: at the beginning and then seldom, or it would not be silent any more. */
export function spokenExpiry(seconds: number): string {
  if (seconds === 0) return 'Your session ends now.';
  if (seconds <= 30) return 'Your session ends in less than half a minute.';
  return seconds <= 60 ? 'Your session ends in less than a minute.' : 'Your session ends in less than two minutes.';
}
