import { expect, test } from 'vitest';
import { afterOffer, afterPromotion, meaningOf, offerLife, tokenGrace } from './rotation.ts';

const at = (ms: number) => new Date(ms);
const fresh = { id: 'a', nextId: null, previousId: null, previousUntil: null, rotatedAt: at(0) };
const hour = 3_600_000;
const over = (id: string, now: number) => ({ id, now, rotateAfter: hour });

test('A53 a token is replaced when it is old enough, and only where a cookie can be set', () => {
  expect(meaningOf(fresh, over('a', hour - 1))).toBe('keep');
  expect(meaningOf(fresh, over('a', hour))).toBe('offer');
  expect(meaningOf(fresh, { ...over('a', hour), rotateAfter: null })).toBe('keep');
  expect(meaningOf(fresh, over('x', hour))).toBe('unknown');
});

test('A56 an offer stays the only one until no answer can be under way with it, however short the rotation is', () => {
  const offered = afterOffer(fresh, 'b', 0);
  expect(meaningOf(offered, { id: 'a', now: offerLife - 1, rotateAfter: 1_000 })).toBe('keep');
  expect(meaningOf(offered, { id: 'a', now: offerLife, rotateAfter: 1_000 })).toBe('offer');
  expect(meaningOf(offered, over('a', hour - 1))).toBe('keep');
  expect(meaningOf(offered, over('a', hour))).toBe('offer');
});

test('A55 A57 an offer is taken up once; the token before is good for a minute and a sign of theft from then on', () => {
  const offered = afterOffer(fresh, 'b', 0);
  expect(meaningOf(offered, over('b', 5))).toBe('promote');
  const promoted = afterPromotion(offered, 'b', 5);
  expect(meaningOf(promoted, over('b', 6))).toBe('keep');
  expect(meaningOf(promoted, over('a', 4 + tokenGrace))).toBe('keep');
  expect(meaningOf(promoted, over('a', 5 + tokenGrace))).toBe('theft');
});
