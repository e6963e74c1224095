import { expect, test } from 'vitest';
import { LastCredential, requireWayIn } from './last-credential.ts';

const none = { password: false, passkeys: 0, identities: 0, email: false };

test.each([{ password: true }, { passkeys: 1 }, { identities: 1 }, { email: true }])(
  'A78 A90 one way in is enough: %o',
  (way) => expect(() => requireWayIn({ ...none, ...way })).not.toThrow(),
);

test('A78 A90 none is too few', () => {
  expect(() => requireWayIn(none)).toThrow(LastCredential);
});
