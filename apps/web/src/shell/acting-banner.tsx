import type { Me } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { Button, toast } from '@atrium/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { UserRoundCog } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import { useTakeSession } from '../session/me.ts';
import { errorSentence } from './error-sentence.ts';

/** Above every page while an administrator acts as somebody else: whose name this is, for how long, and the way back. */
export function ActingBanner() {
  const { api } = useAtrium();
  const { user, session } = useQuery(api.auth.me.query()).data ?? {};
  const ref = useTakeHeight();
  const goBack = useGoBack();
  if (!user || !session?.impersonatedBy) return null;
  return (
    <aside
      ref={ref}
      aria-label="You act as somebody else"
      className="sticky top-0 z-30 flex flex-wrap items-center justify-center gap-x-5 gap-y-1.5 bg-danger px-4 py-2 text-[0.9375rem] leading-snug text-on-danger print:hidden"
    >
      <output className="flex min-w-0 items-center gap-2.5">
        <UserRoundCog size={20} aria-hidden className="hidden shrink-0 sm:block" />
        <span className="min-w-0 break-words">
          <strong className="font-semibold">
            You act as {user.name} until {timeOf(session.absoluteExpiresAt)}.
          </strong>{' '}
          Everything is written down under your name.
        </span>
      </output>
      <Button size="small" isPending={goBack.isPending} onPress={() => goBack.mutate(user.id)}>
        Go back to your own account
      </Button>
    </aside>
  );
}

function timeOf(at: string): string {
  return new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}

/** The page below is as much lower: see `h-page` in styles.css. */
function useTakeHeight() {
  const ref = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const banner = ref.current;
    if (!banner) return undefined;
    const { style } = document.documentElement;
    const take = () => style.setProperty('--banner-height', `${banner.offsetHeight}px`);
    take();
    const observer = new ResizeObserver(take);
    observer.observe(banner);
    return () => {
      observer.disconnect();
      style.removeProperty('--banner-height');
    };
  }, []);
  return ref;
}

/** Takes the id of the person who was acted as; ends on their page of the control panel. */
function useGoBack() {
  const { client } = useAtrium();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const takeSession = useTakeSession();
  return useMutation({
    mutationFn: async (_userId: string): Promise<Me> => {
      // Out of a room first, which would open a socket again; and the end of the socket is not taken for a sign-out.
      await navigate({ to: '/rooms' });
      await client.resetConnection();
      return client.trpc.auth.stopImpersonating.mutate();
    },
    onSuccess: async (me, userId) => {
      await takeSession(me);
      if (me.user) await navigate({ to: '/admin/users/$userId', params: { userId } });
      else await navigate({ to: '/signed-out' });
      // What the page before still showed was somebody else's.
      queryClient.removeQueries({ type: 'inactive' });
    },
    onError: (error) => toast(errorSentence(error)),
  });
}
