import { z } from 'zod';

/** What no name or title may hold: control characters, and halves of characters that PostgreSQL cannot store. */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const unprintable = /[\u0000-\u001f\u007f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

/** One line of text from a person, trimmed, 1 to `longest` characters. */
export function lineOfText(longest: number) {
  return z
    .string()
    .trim()
    .min(1, 'Write at least one character.')
    .max(longest, `Use at most ${longest} characters.`)
    .refine((text) => !unprintable.test(text) && isWellFormed(text), 'This holds characters that cannot be shown.');
}

/** True without lone surrogates. */
function isWellFormed(text: string): boolean {
  return !/[\ud800-\udfff]/u.test(text);
}

export const emailInput = z
  .string()
  .trim()
  .max(254, 'This address is too long.')
  .pipe(z.email('Write an address such as ada@example.org.'));

/** NIST SP 800-63B: length is what counts, no rules of composition. The upper bound keeps hashing cheap. */
export const passwordInput = z
  .string()
  .max(512, 'Use at most 512 characters.')
  .refine(isWellFormed, 'This holds characters that cannot be shown.');

/** A token of a mailed link; whether it is one is for the database to say. */
export const tokenInput = z.string().max(200);

/** Six digits, or a recovery code, as people type them. */
export const codeInput = z.string().trim().min(1, 'Enter the code.').max(32, 'This code is too long.');

export const newPasswordInput = passwordInput.min(8, 'Use at least 8 characters.');
