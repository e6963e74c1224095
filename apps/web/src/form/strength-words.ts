/** How hard a password is to guess: 0 (at once) to 4 (hardly ever). */
export type StrengthScore = 0 | 1 | 2 | 3 | 4;

export interface StrengthWords {
  readonly verdict: string;
  /** What would make it better; null when it is good. */
  readonly hint: string | null;
}

const verdicts: { readonly [score in StrengthScore]: string } = {
  0: 'Guessed at once',
  1: 'Easy to guess',
  2: 'Could be better',
  3: 'Good',
  4: 'Very good',
};

/** By the names that the estimator gives to what is weak. */
const hints: { readonly [weakness: string]: string } = {
  straightRow: 'Keys in a row are among the first guesses.',
  keyPattern: 'A pattern on the keyboard is among the first guesses.',
  simpleRepeat: 'The same character again and again adds nothing.',
  extendedRepeat: 'Repeating a part adds hardly anything.',
  sequences: 'Sequences such as abc or 678 are guessed at once.',
  recentYears: 'Years are easy to guess.',
  dates: 'Dates are easy to guess.',
  topTen: 'Half the world uses this password.',
  topHundred: 'Very many people use this password.',
  common: 'This is on the lists that attackers try first.',
  similarToCommon: 'It is close to one on the lists that attackers try first.',
  wordByItself: 'One word alone is easy to guess.',
  namesByThemselves: 'Names alone are easy to guess.',
  commonNames: 'Common names are easy to guess.',
  userInputs: 'Your name or address should not be part of it.',
};

const advice = 'Add a word or two that have nothing to do with each other.';

/** What the meter says. `weakness` is the estimator's name for what it found, if it found something. */
export function strengthWords(score: StrengthScore, weakness: string | null): StrengthWords {
  if (score >= 3) return { verdict: verdicts[score], hint: null };
  const known = weakness !== null && Object.hasOwn(hints, weakness) ? hints[weakness] : undefined;
  return { verdict: verdicts[score], hint: known === undefined ? advice : `${known} ${advice}` };
}
