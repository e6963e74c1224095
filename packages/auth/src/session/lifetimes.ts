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
  /** A session that is extended ends this long after it began all the same. Default: `absolute`, so none is extended. */
  readonly longest?: number | undefined;
}

const minute = 60_000;
const day = 24 * 60 * minute;

export const defaultLifetimes: Lifetimes = {
  idle: 14 * day,
  absolute: 30 * day,
  sudo: 10 * minute,
  rotate: 60 * minute,
  longest: 90 * day,
};

/** When an idle session would end if it were used at `now`: never later than its absolute end. */
export function idleEnd(now: number, absoluteEnd: number, lifetimes: Lifetimes): number {
  return Math.min(now + lifetimes.idle, absoluteEnd);
}

/** How many times its absolute life a session may live when it is extended. */
const lives = 3;

/** For `Lifetimes.longest`: an extension bounds the harm of a session that somebody forgot, it does not abolish the bound. */
export function longestLife(absolute: number): number {
  return lives * absolute;
}

/** The ends of a session that is extended at `now`; null when that would gain nothing. Milliseconds since 1970. */
export function extendedEnds(
  session: { readonly createdAt: Date; readonly absoluteExpiresAt: Date },
  now: number,
  lifetimes: Lifetimes,
): { readonly idle: number; readonly absolute: number } | null {
  const { absolute, longest = absolute } = lifetimes;
  const absoluteEnd = Math.min(now + absolute, session.createdAt.getTime() + longest);
  if (absoluteEnd <= session.absoluteExpiresAt.getTime()) return null;
  return { idle: idleEnd(now, absoluteEnd, lifetimes), absolute: absoluteEnd };
}

/** Whether a session can be given more time than it has, now or before it ends. */
export function isExtendable(
  { createdAt, absoluteExpiresAt }: { readonly createdAt: Date; readonly absoluteExpiresAt: Date },
  { absolute, longest = absolute }: Lifetimes,
): boolean {
  return absoluteExpiresAt.getTime() < createdAt.getTime() + longest;
}

/**
 * How often use is written down: once a minute, or more often when sessions are so short that a minute matters.
 */
export function touchInterval(lifetimes: Lifetimes): number {
  return Math.min(minute, lifetimes.idle / 4);
}
