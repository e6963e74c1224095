import { refusalOf } from '@atrium/client';
import { useAtrium } from '@atrium/client/react';
import { buttonClass, CourtPlan, personHue, Progress } from '@atrium/ui';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, Navigate, useParams } from '@tanstack/react-router';
import { WaysIn } from '../invite/ways-in.tsx';
import { useTakeSession } from '../session/me.ts';
import { MessagePage } from '../shell/message-page.tsx';
import { NoAnswerPage } from '../shell/no-answer-page.tsx';
import { PageHeading } from '../shell/page-heading.tsx';

/** `/look/:roomId`: the address of a public room for whoever has no account. Who is signed in goes straight in. */
export function LookPage() {
  const { roomId } = useParams({ from: '/_public/look/$roomId' });
  const { api } = useAtrium();
  const me = useQuery(api.auth.me.query());
  if (me.isPending) return <Progress label="Looking for the room" />;
  if (me.data?.user) return <Navigate to="/rooms/$roomId" params={{ roomId }} replace />;
  return <Outside key={roomId} roomId={roomId} />;
}

function Outside({ roomId }: { readonly roomId: string }) {
  const { api } = useAtrium();
  const preview = useQuery(api.rooms.preview.query({ roomId }));
  if (preview.isPending) return <Progress label="Looking for the room" />;
  if (preview.data === undefined) {
    return refusalOf(preview.error) === null ? (
      <NoAnswerPage
        title="The room could not be asked for"
        error={preview.error}
        onRetry={() => void preview.refetch()}
      />
    ) : (
      <NotOpen />
    );
  }
  const { title } = preview.data;
  return (
    <div className="mx-auto grid w-full max-w-xl grow content-center gap-8 py-12">
      <div className="grid gap-5">
        <div className="size-20 overflow-hidden rounded-panel">
          <CourtPlan hue={personHue(roomId)} />
        </div>
        <p className="text-lg text-ink-soft">A public room</p>
        <PageHeading title={title} className="text-4xl break-words sm:text-5xl" />
        <p className="text-lg">
          You will see the board live, without changing it. Whoever is in the room sees the name that you give.
        </p>
      </div>
      <Entry roomId={roomId} />
    </div>
  );
}

function Entry({ roomId }: { readonly roomId: string }) {
  const { client } = useAtrium();
  const takeSession = useTakeSession();
  // The page goes on to the room by itself as soon as somebody is signed in.
  const join = useMutation({
    mutationFn: async (name: string) => takeSession(await client.trpc.auth.guest.mutate({ name })),
  });
  return (
    <WaysIn
      join={join}
      action="Look on as a guest"
      lead="Or with an account, under its name:"
      next={`/rooms/${roomId}`}
    />
  );
}

/** Whether there is such a room is told to nobody who may not look on. */
function NotOpen() {
  return (
    <MessagePage title="There is no public room here">
      <p className="text-lg text-ink-soft">
        The address may be mistyped, or the room is not public any more. Ask the person who sent it to you.
      </p>
      <Link to="/" className={buttonClass('primary')}>
        Front page
      </Link>
    </MessagePage>
  );
}
