import type { Simulation } from '@atrium/api';

/** The answer in one sentence. */
export function verdictWords({ allowed, message }: Pick<Simulation, 'allowed' | 'message'>): string {
  return allowed ? 'Yes, every rule holds.' : `No, because the server would say: “${message ?? 'No.'}”`;
}

/** What became of a rule. */
export function ruleWords(holds: boolean | null): string {
  if (holds === null) return 'not looked at';
  return holds ? 'holds' : 'does not hold';
}

/** A rule's words as a line of their own. What is asked of programs is not asked of somebody with a browser. */
export function ruleLine({ name, words }: { readonly name: string; readonly words: string }): string {
  if (name === 'permission') return 'Comes with a browser, so no token is looked at';
  return words.charAt(0).toUpperCase() + words.slice(1);
}
