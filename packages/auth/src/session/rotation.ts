/**
 * What a token means that somebody presents. Pure.
 *
 * A session knows up to three tokens: the current one, one that was offered to replace it, and the one before it. An
 * offer leaves the current token as it is, so an answer that is lost costs nothing: the current token is offered another
 * later. There is one offer at a time, and it is replaced only when no answer can be under way with it any more
 * (`offerLife`): two answers with different offers never cross, so the browser cannot be left with one that is forgotten.
 * Another offer is another token: whoever holds a copy of the session and is offered one never comes to share it with
 * the owner, and the one of the two who is left behind gives both away.
 */
import type { SessionTokens } from '@atrium/db';

const minute = 60_000;

/** How long requests that were sent before a token was replaced may take to arrive, in milliseconds. */
export const tokenGrace = minute;

/**
 * How long an offer is the only one, at least, in milliseconds. The time after which TCP has given up to deliver an
 * answer: about 15 minutes on Linux (`tcp_retries2`), less elsewhere.
 */
export const offerLife = 16 * minute;

/**
 * `keep`: good, nothing changes · `offer`: good, and old enough to be replaced · `promote`: an offer that is taken up, it
 * becomes the current one · `theft`: it was replaced long ago, so two hold this session · `unknown`: none of its tokens.
 */
export type Meaning = 'keep' | 'offer' | 'promote' | 'theft' | 'unknown';

export interface Presentation {
  /** SHA-256 (hex) of the presented token. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Milliseconds; null where no cookie can be set. */
  readonly rotateAfter: number | null;
}

export function meaningOf(known: SessionTokens, { id, now, rotateAfter }: Presentation): Meaning {
  switch (id) {
    case known.id:
      return rotateAfter !== null && isDue(known, now, rotateAfter) ? 'offer' : 'keep';
    case known.nextId:
      return 'promote';
    case known.previousId:
      return known.previousUntil && now < known.previousUntil.getTime() ? 'keep' : 'theft';
    default:
      return 'unknown';
  }
}

/** The current token is old, or the offer that was to replace it was lost. */
function isDue({ nextId, rotatedAt }: SessionTokens, now: number, rotateAfter: number): boolean {
  const longest = nextId === null ? rotateAfter : Math.max(rotateAfter, offerLife);
  return now - rotatedAt.getTime() >= longest;
}

/** Beside the current token, which stays. */
export function afterOffer(known: SessionTokens, offered: string, now: number): SessionTokens {
  return { ...known, nextId: offered, rotatedAt: new Date(now) };
}

export function afterPromotion(known: SessionTokens, id: string, now: number): SessionTokens {
  return {
    id,
    nextId: null,
    previousId: known.id,
    previousUntil: new Date(now + tokenGrace),
    rotatedAt: new Date(now),
  };
}
