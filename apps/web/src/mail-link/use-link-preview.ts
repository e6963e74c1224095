import { useQuery } from '@tanstack/react-query';
import { type LinkPurpose, useIdentity } from '../session/use-identity.ts';

/** Whose link it is. Asked by POST, because an address with the token in it would stand in logs; consumes nothing. */
export function useLinkPreview(purpose: LinkPurpose, token: string) {
  const { client } = useIdentity();
  return useQuery({
    queryKey: ['mail-link', purpose, token],
    queryFn: () => client.trpc.auth.previewLink.mutate({ purpose, token }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
}
