/**
 * Puts the parts of the page together: the client, the query cache and the router, and what happens in all three when
 * the server ends the session.
 */
import { createAtriumClient, isPassing } from '@atrium/client';
import { createQueryApi } from '@atrium/client/react';
import type { EndReason } from '@atrium/rooms';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { tellUndeliverable } from './room/tell-kept-rejection.ts';
import { createAppRouter } from './router.tsx';
import { nobody } from './session/me.ts';
import { askForProof, stopAsking } from './session/proof-request.ts';
import { isSignedOut } from './shell/error-sentence.ts';
import { watchNavigation } from './shell/navigation.ts';

export function createApp() {
  const client = createAtriumClient({
    url: new URL('/trpc', location.origin).href,
    onSessionEnded: leave,
    onUndeliverable: tellUndeliverable,
    onSudoRequired: askForProof,
  });
  const api = createQueryApi(client.trpc);
  const leaveWhenSignedOut = (error: Error) => {
    if (isSignedOut(error)) leave();
  };
  const queryClient = new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    mutationCache: new MutationCache({ onError: leaveWhenSignedOut }),
    defaultOptions: {
      queries: { staleTime: 10_000, retry: (count, error) => count < 2 && isPassing(error) },
    },
  });
  const router = createAppRouter({ queryClient, api });
  watchNavigation(router);

  /**
   * Shows why the session is over, with a way back to this place. Pages that need no session stay as they are: all the
   * others, of whatever group, are in `_app`.
   */
  function leave(reason?: EndReason): void {
    queryClient.setQueryData(api.auth.me.key(), nobody);
    stopAsking();
    if (!router.state.matches.some((match) => match.routeId === '/_app')) return;
    const search = { next: router.state.location.href, ...(reason ? { reason } : {}) };
    void router.navigate({ to: '/signed-out', search, replace: true });
  }

  return { client, queryClient, router };
}
