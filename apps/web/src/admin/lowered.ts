import type { Me } from '@atrium/api';
import { refusalOf } from '@atrium/client';
import { type AtriumContext, useAtrium } from '@atrium/client/react';
import { toast } from '@atrium/ui';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useCallback, useEffect } from 'react';

/**
 * Call with what the server refused. When it says that this is not allowed, that may be because they are no
 * administrator any more: looks, and lets the guard of the group send them home.
 */
export function useLookWhoIsHere(): (error: unknown) => void {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  const router = useRouter();
  return useCallback(
    (error) => {
      const look = async () => {
        const me = await askAgain(queryClient, api);
        if (me === null || me.user?.role === 'admin') return;
        // Who acts as somebody else, since a moment ago in another tab, still is one.
        if (me.user && !me.session?.impersonatedBy) toast('You are not an administrator any more.');
        await router.invalidate();
      };
      if (refusalOf(error)?.reason === 'NOT_ALLOWED') void look();
    },
    [api, queryClient, router],
  );
}

/** Null without an answer: nobody is sent anywhere then, and the next refusal asks again. */
async function askAgain(queryClient: QueryClient, api: AtriumContext['api']): Promise<Me | null> {
  try {
    return await queryClient.fetchQuery({ ...api.auth.me.query(), staleTime: 0 });
  } catch {
    return null;
  }
}

/** Does so for every query and every change, as long as the component is there. */
export function useWatchRefusals(): void {
  const queryClient = useQueryClient();
  const look = useLookWhoIsHere();
  useEffect(() => {
    const leaveQueries = queryClient.getQueryCache().subscribe((event) => {
      if (event.type === 'updated' && 'error' in event.action) look(event.action.error);
    });
    const leaveMutations = queryClient.getMutationCache().subscribe((event) => {
      if (event.type === 'updated' && 'error' in event.action) look(event.action.error);
    });
    return () => {
      leaveQueries();
      leaveMutations();
    };
  }, [look, queryClient]);
}
