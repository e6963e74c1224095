import type { AdminLimit } from '@atrium/api';

/** Of a network each attempt counts a hundred points: what comes from this machine itself counts one. */
const networkPoints = 100;

/** What a limit counts, for people. */
export function limitTitle({ words }: Pick<AdminLimit, 'words'>): string {
  return words.replace(/; a hundred points each$/u, '');
}

/** "10 in 15 minutes" */
export function limitRate({ name, most, per }: Pick<AdminLimit, 'name' | 'most' | 'per'>): string {
  const attempts = name.endsWith('.network') ? Math.floor(most / networkPoints) : most;
  return `${attempts.toLocaleString('en')} in ${spanWords(per)}`;
}

const units = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
] as const;

/** Seconds in the largest unit in which they are whole: "15 minutes", "an hour", "a day". */
export function spanWords(seconds: number): string {
  const [size, unit] = units.find(([each]) => seconds >= each && seconds % each === 0) ?? [1, 'second'];
  const count = seconds / size;
  if (count !== 1) return `${count} ${unit}s`;
  return unit === 'hour' ? 'an hour' : `a ${unit}`;
}

/** "Refused nobody so far", "Refused 3 times" */
export function refusedWords(refused: number): string {
  if (refused === 0) return 'Has refused nobody';
  return refused === 1 ? 'Refused once' : `Refused ${refused.toLocaleString('en')} times`;
}
