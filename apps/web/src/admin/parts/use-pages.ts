import type { Page } from '@atrium/api';
import { keepPreviousData, type QueryKey, useInfiniteQuery } from '@tanstack/react-query';

/** How often what changes by itself is asked for again, in milliseconds. */
export const refresh = 10_000;

export interface PagesOptions<Item> {
  readonly queryKey: QueryKey;
  readonly ask: (after: string | undefined, signal: AbortSignal) => Promise<Page<Item>>;
}

/** One page after the other. What was found before stays until the answer to another search is there. */
export function usePages<Item>({ queryKey, ask }: PagesOptions<Item>) {
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => ask(pageParam ?? undefined, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    // Every page would be asked for again, one after the other.
    refetchInterval: ({ state }) => (state.data === undefined || state.data.pages.length > 1 ? false : refresh),
  });
}
