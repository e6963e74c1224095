import { Button, FormError } from '@atrium/ui';
import { errorSentence } from '../../shell/error-sentence.ts';

/** What `useInfiniteQuery` knows of the pages that follow. */
export interface MorePages {
  readonly isError: boolean;
  readonly error: unknown;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => unknown;
}

/** Behind a list: the way to its next page, and what kept the last one from coming. */
export function ShowMore({ pages, label = 'Show more' }: { readonly pages: MorePages; readonly label?: string }) {
  return (
    <>
      {pages.isError && <FormError>{errorSentence(pages.error)}</FormError>}
      {pages.hasNextPage && (
        <Button
          className="justify-self-start"
          isPending={pages.isFetchingNextPage}
          onPress={() => void pages.fetchNextPage()}
        >
          {label}
        </Button>
      )}
    </>
  );
}
