const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const absolute = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' });

/**
 * "just now", "5 minutes ago", "yesterday", "in 7 days"; more than 30 days away the date itself.
 * Both are milliseconds since 1970.
 */
export function relativeTime(at: number, now: number): string {
  const distance = at - now;
  // What lies behind counts once it is complete; what lies ahead is rounded: "in 7 days" although a second has passed.
  const whole = distance < 0 ? Math.trunc : Math.round;
  const size = Math.abs(distance);
  if (size < minute) return 'just now';
  if (size < hour) return relative.format(whole(distance / minute), 'minute');
  if (size < day) return relative.format(whole(distance / hour), 'hour');
  if (size <= 30 * day) return relative.format(whole(distance / day), 'day');
  return absolute.format(at);
}
