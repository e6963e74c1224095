import type { ZxcvbnFactory } from '@zxcvbn-ts/core';

/** Somebody who guesses would find this password early; the message says what to do about it. */
export class WeakPassword extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WeakPassword';
  }
}

/** What others know about a person. */
export interface Known {
  readonly email: string;
  readonly name: string | undefined;
}

/** Of 0 to 4: from 2 on it takes more than a million guesses. */
const leastScore = 2;
/**
 * The time of an estimate grows with the length: it is 2 ms for what people choose, and 20 ms for the worst of this many
 * characters that we found (100 ms with as many guesses at disguised letters as the estimator makes by itself). A longer password is judged by its beginning.
 */
const longestEstimated = 40;
const mostDisguises = 20;

const sentences: Readonly<Record<string, string>> = {
  topTen: 'This is one of the first passwords that anybody would try. Use a few words that do not belong together.',
  common: 'This password is on every list of common ones. Use a few words that do not belong together.',
  similarToCommon: 'This is close to a password that many people use. Use a few words that do not belong together.',
  userInputs: 'Your name or your address is easy to guess. Use a few words that have nothing to do with you.',
};
const otherwise = 'This password is too easy to guess. Add a word or two that do not belong together.';

/**
 * Throws `WeakPassword` for what somebody who guesses would try early: common passwords and their variants, repetitions,
 * rows of keys, dates, and what others know about this person. Everything happens here: the lists (57,000 words) and the
 * estimator come with zxcvbn-ts, are loaded with the first password, and nothing is asked elsewhere. NIST SP 800-63B
 * section 3.1.1.2 asks for such a list instead of rules about kinds of characters. The length is checked before.
 */
export async function checkNewPassword(password: string, known: Known): Promise<void> {
  const normal = password.normalize('NFKC');
  const words = wordsOf(known);
  if (words.includes(normal.trim().toLowerCase())) throw new WeakPassword(sentences['userInputs'] ?? otherwise);
  const { score, feedback } = (await estimator()).check(normal.slice(0, longestEstimated), words);
  if (score < leastScore) throw new WeakPassword(sentences[feedback.warning ?? ''] ?? otherwise);
}

let loading: Promise<ZxcvbnFactory> | null = null;

function estimator(): Promise<ZxcvbnFactory> {
  loading ??= load();
  return loading;
}

async function load(): Promise<ZxcvbnFactory> {
  const [core, lists] = await Promise.all([import('@zxcvbn-ts/core'), import('@zxcvbn-ts/language-common')]);
  return new core.ZxcvbnFactory({
    dictionary: lists.dictionary,
    graphs: lists.adjacencyGraphs,
    l33tMaxSubstitutions: mostDisguises,
  });
}

/** Address and name in lower case, whole and in parts. */
function wordsOf({ email, name }: Known): string[] {
  const whole = [email, email.split('@')[0] ?? '', name ?? ''].map((text) => text.trim().toLowerCase());
  const parts = whole.flatMap((text) => text.split(/[^\p{L}\p{N}]+/u));
  return [...new Set([...whole, ...parts])].filter((word) => word.length > 2);
}
