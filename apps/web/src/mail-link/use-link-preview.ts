import { useAtrium } from '@atrium/client/react';
import { useQuery } from '@tanstack/react-query';

/** Whose link it is. Asked by POST, because an address with the token in it would stand in logs; consumes nothing. */
export function useLinkPreview(token: string) {
  const { client } = useAtrium();
  return useQuery({
    queryKey: ['mail-link', token],
    queryFn: () => client.trpc.auth.inspectMailLink.mutate({ token }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
}
