/** Something that was done in vain, in words. */
export interface UnappliedChange {
  readonly id: string;
  readonly name: string;
}

/** What was done in vain so far, each thing once, the oldest first. */
export function withMore(
  known: readonly UnappliedChange[],
  more: readonly UnappliedChange[],
): readonly UnappliedChange[] {
  const ids = new Set(known.map(({ id }) => id));
  const fresh = more.filter(({ id }) => !ids.has(id) && ids.add(id));
  return fresh.length === 0 ? known : [...known, ...fresh];
}

/** "Your last change was not applied." */
export function notAppliedWords(count: number): string {
  return count === 1 ? 'Your last change was not applied.' : `Your last changes to ${count} things were not applied.`;
}
