import { expect, test } from 'vitest';
import { createSecretBox } from '../seal/secret-box.ts';
import { handshakeAge, newHandshake, openHandshake, openTicket, sealed } from './handshake.ts';
import { SpentStates } from './spent-states.ts';

const box = createSecretBox(['only for tests, and long enough for them']);
const begun = newHandshake({ provider: 'oidc', next: '/rooms', link: null }, 1_000);

test('A82 a hand-shake is good for ten minutes, for nothing else and not under another key', () => {
  const cookie = sealed(box, begun);
  expect(openHandshake(box, cookie, 1_000 + handshakeAge - 1)).toEqual(begun);
  expect(openHandshake(box, cookie, 1_000 + handshakeAge)).toBeNull();
  expect(openHandshake(box, cookie, 999)).toBeNull();
  expect(openTicket(box, cookie, 1_000)).toBeNull();
  expect(openHandshake(createSecretBox(['another key, which is long enough too']), cookie, 1_000)).toBeNull();
  expect(openHandshake(box, `${cookie.slice(0, -2)}AA`, 1_000)).toBeNull();
});

test('A89 a wish to link is good for a minute, and is no hand-shake', () => {
  const ticket = { kind: 'link', provider: 'oidc', next: '/settings', userId: 'u', publicId: 'p', at: 1_000 } as const;
  const text = sealed(box, ticket);
  expect(openTicket(box, text, 60_999)).toEqual(ticket);
  expect(openTicket(box, text, 61_000)).toBeNull();
  expect(openHandshake(box, text, 1_000)).toBeNull();
});

test('A82 every hand-shake has secrets of its own, which nothing readable carries', () => {
  const other = newHandshake(begun, 1_000);
  expect(new Set([begun, other].flatMap(({ state, nonce, verifier }) => [state, nonce, verifier])).size).toBe(6);
  expect(sealed(box, begun)).not.toContain(begun.verifier);
});

test('A82 a state is spent once, and forgotten when its cookie is worth nothing any more', () => {
  const spent = new SpentStates();
  expect([spent.spend('a', 0), spent.spend('a', handshakeAge - 1), spent.spend('b', 1)]).toEqual([true, false, true]);
  expect(spent.spend('a', handshakeAge)).toBe(true);
});
