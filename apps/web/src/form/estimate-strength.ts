/** The estimator and its lists: heavy, so this module is imported when somebody chooses a password, and not before. */
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';
import { type StrengthScore, strengthWords, type StrengthWords } from './strength-words.ts';

/** Longer ones are estimated by their beginning: the time that it takes grows quickly. */
const longest = 64;

const estimator = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });

export interface Strength extends StrengthWords {
  readonly score: StrengthScore;
}

/** `known` are words that others know about the person, such as name and address. Nothing leaves the browser. */
export function estimateStrength(password: string, known: readonly string[]): Strength {
  const words = known.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]).filter((word) => word.length > 2);
  const { score, feedback } = estimator.check(password.slice(0, longest), words);
  return { score, ...strengthWords(score, feedback.warning ?? null) };
}
