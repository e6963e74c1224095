import { expect, test } from 'vitest';
import { createSecretBox } from './secret-box.ts';

const old = 'an old secret of some thirty-two characters';
const fresh = 'a new secret of some thirty-two characters';

test('A31 what is sealed opens for its own purpose and key only, and looks different each time', () => {
  const box = createSecretBox([fresh]);
  const sealed = box.seal('totp', 'JBSWY3DP');
  expect(box.open('totp', sealed)).toBe('JBSWY3DP');
  expect(box.seal('totp', 'JBSWY3DP')).not.toBe(sealed);
  expect(box.open('signing-key', sealed)).toBeNull();
  expect(createSecretBox([old]).open('totp', sealed)).toBeNull();
  expect(box.open('totp', '')).toBeNull();
  const bytes = Buffer.from(sealed, 'base64url');
  for (const index of [0, 12, bytes.length - 1]) {
    const changed = Buffer.from(bytes);
    changed[index] = (changed[index] ?? 0) ^ 1;
    expect(box.open('totp', changed.toString('base64url'))).toBeNull();
  }
});

test('A31 a secret that was replaced still opens and verifies, until it is taken away', () => {
  const before = createSecretBox([old]);
  const during = createSecretBox([fresh, old]);
  const after = createSecretBox([fresh]);
  const sealed = before.seal('totp', 'x');
  const signature = before.sign('device-cookie', 'ada');
  expect(during.open('totp', sealed)).toBe('x');
  expect(during.isSigned('device-cookie', 'ada', signature)).toBe(true);
  expect(after.open('totp', sealed)).toBeNull();
  expect(after.isSigned('device-cookie', 'ada', signature)).toBe(false);
  expect(after.open('totp', during.seal('totp', 'y'))).toBe('y');
});

test('A31 a signature fits its text and purpose only', () => {
  const box = createSecretBox([fresh]);
  const signature = box.sign('device-cookie', 'ada');
  expect(box.isSigned('device-cookie', 'ada', signature)).toBe(true);
  expect(box.isSigned('device-cookie', 'bob', signature)).toBe(false);
  expect(box.isSigned('totp', 'ada', signature)).toBe(false);
  expect(box.isSigned('device-cookie', 'ada', '')).toBe(false);
});
