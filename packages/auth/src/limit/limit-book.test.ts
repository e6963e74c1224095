import { expect, test } from 'vitest';
import { consume, TooManyAttempts } from './consume.ts';
import { LimitBook } from './limit-book.ts';

const rule = { name: 'test.key', words: 'Attempts of a key', points: 2, duration: 60 };

test('A128 who is held back, and how often, is known, and one of them can be let go', async () => {
  const book = new LimitBook();
  const limiter = book.limiter(rule);
  for (const key of ['a', 'a', 'b']) await consume(limiter, key, 1);
  expect(book.states).toEqual([{ ...rule, refused: 0, held: [] }]);
  for (let n = 0; n < 3; n += 1) await expect(consume(limiter, 'a', 1)).rejects.toThrow(TooManyAttempts);
  const [state] = book.states;
  expect(state).toMatchObject({ refused: 3, held: [{ key: 'a' }] });
  expect((state?.held[0]?.until ?? 0) - Date.now()).toBeGreaterThan(50_000);
  expect([book.holds('test.key', 'a'), book.holds('test.key', 'b'), book.holds('test.other', 'a')]).toEqual([
    true,
    false,
    false,
  ]);
  expect(await book.lift('test.other', 'a')).toBe(false);
  expect(await book.lift('test.key', 'a')).toBe(true);
  await consume(limiter, 'a', 1);
  expect(book.states[0]).toMatchObject({ refused: 3, held: [] });
});

test('A128 ever new keys do not fill the memory', async () => {
  const book = new LimitBook();
  const limiter = book.limiter(rule);
  for (let n = 0; n < 700; n += 1) await consume(limiter, `key ${n}`, 3).catch(() => {});
  expect(book.states[0]?.refused).toBe(700);
  expect(book.states[0]?.held).toHaveLength(500);
  expect(book.states[0]?.held[0]?.key).toBe('key 699');
});
