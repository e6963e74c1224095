import { expect, test } from 'vitest';
import { hasPasskeys, passkeyProblem } from './passkey-problem.ts';

const named = (name: string, cause?: Error) => Object.assign(new Error('internal', { cause }), { name });

test('changing one’s mind is no problem, and everything else has words of its own', () => {
  expect(passkeyProblem(named('AbortError'))).toBeNull();
  expect(passkeyProblem(named('NotAllowedError'))).toMatch(/No passkey was used/);
  expect(passkeyProblem(named('WebAuthnError', named('InvalidStateError')))).toMatch(/already/);
  expect(passkeyProblem(named('SecurityError'))).toMatch(/cannot use passkeys/);
  expect(passkeyProblem(named('TypeError'))).toMatch(/did not answer/);
});

test('a bare address has no passkeys', () => {
  Object.assign(globalThis, { PublicKeyCredential: () => {} });
  expect(['localhost', 'example.org', '10.example.org'].map(hasPasskeys)).toEqual([true, true, true]);
  expect(['127.0.0.1', '[::1]', '192.168.0.7'].map(hasPasskeys)).toEqual([false, false, false]);
  Reflect.deleteProperty(globalThis, 'PublicKeyCredential');
  expect(hasPasskeys('localhost')).toBe(false);
});
