/** All in milliseconds. */
export interface Lifetimes {
  /** A session unused for this long ends. */
  readonly idle: number;
  /** A session ends this long after it began, used or not. */
  readonly absolute: number;
  /** For this long after a password was typed, sensitive acts need no other proof. */
  readonly sudo: number;
  /** A token that is older than this is replaced, in a request over HTTP. */
  readonly rotate: number;
}

const minute = 60_000;
const day = 24 * 60 * minute;

export const defaultLifetimes: Lifetimes = {
  idle: 14 * day,
  absolute: 30 * day,
  sudo: 10 * minute,
  rotate: 60 * minute,
};

/** When an idle session would end if it were used at `now`: never later than its absolute end. */
export function idleEnd(now: number, absoluteEnd: number, lifetimes: Lifetimes): number {
  return Math.min(now + lifetimes.idle, absoluteEnd);
}

/**
 * How often use is written down: once a minute, or more often when sessions are so short that a minute matters.
 */
export function touchInterval(lifetimes: Lifetimes): number {
  return Math.min(minute, lifetimes.idle / 4);
}
