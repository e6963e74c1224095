import type { Me } from '@atrium/api';
import { type AtriumContext, useAtrium } from '@atrium/client/react';
import { toast } from '@atrium/ui';
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

/** What `auth.me` answers when nobody is signed in. */
export const nobody: Me = { user: null, session: null };

/** The person who is signed in, from the cache when it is known. */
export async function ensureMe(queryClient: QueryClient, api: AtriumContext['api']): Promise<Me> {
  return queryClient.ensureQueryData(api.auth.me.query());
}

/** Call with the answer of a sign-in: forgets what belonged to whoever was here before. */
export function useTakeSession(): (me: Me) => Promise<void> {
  const { api, client } = useAtrium();
  const queryClient = useQueryClient();
  return async (me) => {
    await client.resetConnection();
    queryClient.removeQueries({ type: 'inactive' });
    queryClient.setQueryData(api.auth.me.key(), me);
    if (hasUndoneDeletion(me)) toast('Welcome back. Your account is not deleted: everything is as it was.');
  };
}

/** True when this sign-in has undone the deletion of the account. */
function hasUndoneDeletion(me: Me & { readonly deletionUndone?: boolean }): boolean {
  return me.deletionUndone === true;
}

/**
 * Signs out here, and forgets what was not sent: ask first. The socket is closed before, so that its end is not taken for
 * one that came from elsewhere.
 */
export function useSignOut(): () => Promise<void> {
  const { client } = useAtrium();
  const takeSession = useTakeSession();
  return async () => {
    await client.resetConnection();
    await client.trpc.auth.logout.mutate();
    await client.forgetKept();
    await takeSession(nobody);
  };
}

/** How many changes of whoever is or was signed in here are on this device only; null while it is not known. */
export function useKeptCount(): number | null {
  const { client } = useAtrium();
  const kept = useQuery({
    queryKey: ['kept'],
    queryFn: () => client.countKept(),
    refetchInterval: 1_000,
    gcTime: 0,
    // It asks this device, which answers without a line too.
    networkMode: 'always',
  });
  return kept.data ?? null;
}

/** Sends what earlier pages left on this device for the person who is here now. */
export function useDeliverKept(): void {
  const { client } = useAtrium();
  useEffect(() => client.deliverKept(), [client]);
}
