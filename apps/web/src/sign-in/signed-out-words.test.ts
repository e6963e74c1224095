import { endSentences } from '@atrium/client';
import { expect, test } from 'vitest';
import { signedOutWords } from './signed-out-words.ts';

const sessionReasons = ['signed-out-elsewhere', 'password-changed', 'expired', 'disabled', 'theft'] as const;

test.each(sessionReasons)('%s has a title of its own and the sentence of the client', (reason) => {
  const words = signedOutWords(reason);
  expect(words.sentence).toBe(endSentences[reason]);
  expect(words.title).not.toBe(signedOutWords(undefined).title);
});

test.each([undefined, '', 'unknown', '__proto__', 'constructor', 'toString', 'room-deleted', 'signed-out'])(
  'an unknown reason (%s) still reads well',
  (reason) => {
    expect(signedOutWords(reason)).toEqual({
      title: 'You are signed out',
      sentence: 'This session has ended. Sign in again to go on.',
    });
  },
);

test.each(['password-changed', 'theft'])('%s says what to do if it was somebody else', (reason) => {
  expect(signedOutWords(reason).advice).toMatch(/password.+activity|activity.+password/u);
});

test('who asked to be deleted is told how to undo it', () => {
  expect(signedOutWords('deletion').advice).toContain('Sign in before then');
});
