const hour = 3_600;
const day = 24 * hour;

interface Choice {
  readonly value: number;
  readonly text: string;
}

/** How long an invitation may work, in seconds. */
export const lifetimes: { readonly usual: number; readonly all: readonly Choice[] } = {
  usual: 7 * day,
  all: [
    { value: hour, text: '1 hour' },
    { value: day, text: '1 day' },
    { value: 7 * day, text: '7 days' },
    { value: 30 * day, text: '30 days' },
    { value: 90 * day, text: '90 days' },
  ],
};

/** How many people a link may let in; 0 stands for any number. */
export const people: { readonly any: number; readonly all: readonly Choice[] } = {
  any: 0,
  all: [
    { value: 0, text: 'Everybody' },
    { value: 1, text: '1 person' },
    { value: 5, text: '5 people' },
    { value: 25, text: '25 people' },
    { value: 100, text: '100 people' },
  ],
};

/** "2 of 5 people came in by it" */
export function usesWords({ uses, maxUses }: { readonly uses: number; readonly maxUses: number | null }): string {
  if (maxUses === null) return uses === 1 ? '1 person came in' : `${uses} people came in`;
  return `${uses} of ${maxUses === 1 ? '1 person' : `${maxUses} people`} came in`;
}
