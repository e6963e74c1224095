import type { Page } from '@atrium/api';
import { FormError, Progress } from '@atrium/ui';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { errorSentence } from '../../shell/error-sentence.ts';
import { ShowMore } from './show-more.tsx';

export interface SearchListProps<Item> {
  /** Names the list. */
  readonly label: string;
  /** Of one and of several: "person", "people". */
  readonly nouns: readonly [string, string];
  readonly pages: UseInfiniteQueryResult<InfiniteData<Page<Item>>>;
  readonly renderRow: (item: Item) => ReactNode;
  /** Shown when nothing was found. */
  readonly empty: ReactNode;
}

/** What a search has found so far, with its number and the way to more. */
export function SearchList<Item>({ label, nouns, pages, renderRow, empty }: SearchListProps<Item>) {
  if (pages.isPending) return <Progress label="Looking" />;
  if (pages.data === undefined) return <FormError>{errorSentence(pages.error)}</FormError>;
  const items = pages.data.pages.flatMap((page) => page.items);
  return (
    <div className="grid gap-3" aria-busy={pages.isPlaceholderData}>
      <output className="text-sm text-ink-soft">{foundWords(items.length, pages.hasNextPage, nouns)}</output>
      {items.length === 0 ? (
        empty
      ) : (
        <ul aria-label={label} className="divide-y divide-line border-y border-line">
          {items.map(renderRow)}
        </ul>
      )}
      <ShowMore pages={pages} />
    </div>
  );
}

/** "3 people", "The newest 50 rooms". */
export function foundWords(count: number, hasMore: boolean, [one, many]: readonly [string, string]): string {
  if (count === 0) return `No ${many} found`;
  if (hasMore) return `The newest ${count} ${many}`;
  return count === 1 ? `1 ${one}` : `${count} ${many}`;
}
