import type { Activity } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { Button, buttonClass, FormError, Progress } from '@atrium/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { RevokeOthers } from '../settings/revoke-others.tsx';
import { Section } from '../shell/section.tsx';
import { errorSentence } from '../shell/error-sentence.ts';
import { PageHeading } from '../shell/page-heading.tsx';
import { TimeAgo } from '../time/time-ago.tsx';
import { ActivityPicture } from './activity-picture.tsx';
import { activityWords } from './activity-words.ts';

export function ActivityPage() {
  return (
    <>
      <PageHeading title="Recent activity" />
      <Section title="What happened" lead="Everything about your account, newest first. Only you can see it.">
        <ActivityList />
      </Section>
      <Section title="Was this not you?" lead="Then somebody else may know your password, or have your device.">
        <div className="grid justify-items-start gap-4">
          <p>First sign out every other device, then choose a password that nobody knows.</p>
          <div className="flex flex-wrap gap-3">
            <RevokeOthers />
            <Link to="/settings/sign-in" className={buttonClass()}>
              Change the password
            </Link>
          </div>
        </div>
      </Section>
    </>
  );
}

function useActivity() {
  const { api, client } = useAtrium();
  return useInfiniteQuery({
    queryKey: [...api.account.activity.key(), 'pages'],
    queryFn: ({ pageParam, signal }) =>
      client.trpc.account.activity.query(pageParam === null ? {} : { before: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

function ActivityList() {
  const activity = useActivity();
  if (activity.isPending) return <Progress label="Looking for what happened" />;
  if (activity.data === undefined) return <FormError>{errorSentence(activity.error)}</FormError>;
  const events = activity.data.pages.flatMap(({ items }) => items);
  if (events.length === 0) return <p className="text-ink-soft">Nothing has happened yet.</p>;
  return (
    <div className="grid gap-5">
      <ol aria-label="Recent activity" className="-mt-3 divide-y divide-line">
        {events.map((event) => (
          <ActivityRow key={event.id} event={event} />
        ))}
      </ol>
      {activity.isError && <FormError>{errorSentence(activity.error)}</FormError>}
      {activity.hasNextPage && (
        <Button
          className="justify-self-start"
          isPending={activity.isFetchingNextPage}
          onPress={() => void activity.fetchNextPage()}
        >
          Show earlier
        </Button>
      )}
    </div>
  );
}

function ActivityRow({ event }: { readonly event: Activity }) {
  const { icon, sentence, isDelicate } = activityWords(event);
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 py-3.5">
      <ActivityPicture icon={icon} />
      <div className="min-w-0">
        <p className={isDelicate ? 'font-semibold break-words' : 'break-words'}>{sentence}</p>
        <p className="text-sm text-ink-soft">
          {[event.label, event.place].filter(Boolean).map((part) => `${part} · `)}
          <TimeAgo at={event.at} />
        </p>
      </div>
    </li>
  );
}
