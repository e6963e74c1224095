/**
 * What a token means that somebody presents. Pure.
 *
 * A session knows up to four tokens: the current one, two that were offered to replace it, and the one before it.
 * An offer leaves the current token as it is, so an answer that is lost costs nothing: the current one is offered another
 * when that offer has become as old as a token may get. Answers may also overtake each other, so the last two offers stay
 * good, also when the other one was taken up meanwhile: whichever the browser keeps at the end is promoted. What is
 * forgotten at the third offer was handed out two rotations before; no answer is under way for as long as that.
 * Each offer is another token: two who hold the same session never come to hold the same next one, and the one who is
 * left behind with a token that was replaced gives both away.
 */
import type { SessionTokens } from '@atrium/db';

/** How long requests that were sent before a token was replaced may take to arrive, in milliseconds. */
export const tokenGrace = 60_000;

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
      return rotateAfter !== null && now - known.rotatedAt.getTime() >= rotateAfter ? 'offer' : 'keep';
    case known.nextId:
    case known.earlierId:
      return 'promote';
    case known.previousId:
      return known.previousUntil && now < known.previousUntil.getTime() ? 'keep' : 'theft';
    default:
      return 'unknown';
  }
}

/** Beside the current token, which stays. */
export function afterOffer(known: SessionTokens, offered: string, now: number): SessionTokens {
  return { ...known, nextId: offered, earlierId: known.nextId, rotatedAt: new Date(now) };
}

export function afterPromotion(known: SessionTokens, id: string, now: number): SessionTokens {
  return {
    id,
    nextId: null,
    earlierId: id === known.nextId ? known.earlierId : known.nextId,
    previousId: known.id,
    previousUntil: new Date(now + tokenGrace),
    rotatedAt: new Date(now),
  };
}
