/**
 * Tells two minutes before a session ends for good, beside whatever one is doing. Tabs agree: what one of them did, the
 * others hear, and each asks the server before it says anything.
 */
import { useAtrium } from '@atrium/client/react';
import { Button, buttonClass, toast } from '@atrium/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { errorSentence } from '../shell/error-sentence.ts';
import { clockTime, expiryAt, spokenExpiry } from './expiry.ts';

const channelName = 'atrium-session';

export function ExpiryWarning() {
  const { api } = useAtrium();
  const session = useQuery(api.auth.me.query()).data?.session;
  useHearOtherTabs();
  if (!session) return null;
  const { absoluteExpiresAt, canExtend } = session;
  return <Countdown key={absoluteExpiresAt} end={absoluteExpiresAt} canExtend={canExtend} />;
}

/** Asks the server again when another tab has changed the session. */
function useHearOtherTabs(): void {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  useEffect(() => {
    const channel = new BroadcastChannel(channelName);
    channel.addEventListener('message', () => void queryClient.invalidateQueries({ queryKey: api.auth.me.key() }));
    return () => channel.close();
  }, [api, queryClient]);
}

function tellOtherTabs(): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage('changed');
  channel.close();
}

/** Seconds until `end`, once it is near; before it says so it asks the server whether the end has moved. */
function useSecondsLeft(end: number): number | null {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  const [seconds, setSeconds] = useState<number | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let hasAsked = false;
    const look = async () => {
      const { secondsLeft, lookAgain } = expiryAt(end, Date.now());
      timer = setTimeout(() => void look(), lookAgain);
      if (secondsLeft === null) return;
      if (!hasAsked) {
        hasAsked = true;
        await queryClient.invalidateQueries({ queryKey: api.auth.me.key() });
      }
      setSeconds(secondsLeft);
    };
    void look();
    return () => clearTimeout(timer);
  }, [api, end, queryClient]);
  return seconds;
}

function Countdown({ end, canExtend }: { readonly end: string; readonly canExtend: boolean }) {
  const seconds = useSecondsLeft(Date.parse(end));
  if (seconds === null) return null;
  return (
    <aside
      aria-label="Your session ends soon"
      className="fixed inset-x-4 bottom-4 z-40 grid gap-3 rounded-panel bg-surface p-5 shadow-raised sm:inset-x-auto sm:left-6 sm:max-w-sm"
    >
      <output className="sr-only">{spokenExpiry(seconds)}</output>
      <p>
        <span className="font-semibold">
          Your session ends in <span className="tabular-nums">{clockTime(seconds)}</span>.
        </span>{' '}
        {canExtend ? 'One click keeps you signed in.' : 'Sign in again, and you come back to this place.'}
      </p>
      <div>{canExtend ? <ExtendButton /> : <SignInAgain />}</div>
    </aside>
  );
}

function ExtendButton() {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  const extend = useMutation({
    ...api.sessions.extend.mutation(),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: api.auth.me.key() });
      tellOtherTabs();
      toast('You stay signed in.');
    },
    onError: (error) => toast(errorSentence(error)),
  });
  return (
    <Button look="primary" isPending={extend.isPending} onPress={() => extend.mutate()}>
      Stay signed in
    </Button>
  );
}

function SignInAgain() {
  const { href } = useLocation();
  return (
    <Link to="/sign-in" search={{ next: href, again: true }} className={buttonClass('primary')}>
      Sign in again
    </Link>
  );
}
