import type { InvitePreview } from '@atrium/api';
import { refusalOf } from '@atrium/client';
import { useAtrium } from '@atrium/client/react';
import { Button, buttonClass, CourtPlan, FormError, Progress } from '@atrium/ui';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { errorSentence } from '../shell/error-sentence.ts';
import { MessagePage } from '../shell/message-page.tsx';
import { NoAnswerPage } from '../shell/no-answer-page.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import { useGuestJoin } from './guest-join.tsx';
import { inviteToken } from './invite-token.ts';
import { WaysIn } from './ways-in.tsx';

/** What an invitation opens, and the ways in. */
export function InvitePage() {
  const { hash } = useLocation();
  const [token] = useState(() => inviteToken().take(hash));
  return token === null ? <InvalidInvite /> : <Invitation key={token} token={token} />;
}

function Invitation({ token }: { readonly token: string }) {
  const { api, client } = useAtrium();
  // Asked by POST, because an address with the token in it would stand in logs.
  const preview = useQuery({
    queryKey: [...api.invites.preview.mutation().mutationKey, token],
    queryFn: () => client.trpc.invites.preview.mutate({ token }),
    retry: false,
  });
  const me = useQuery(api.auth.me.query());
  const join = useGuestJoin(token);
  if (preview.isPending || me.isPending) return <Progress label="Reading the invitation" />;
  if (preview.data === undefined) {
    return refusalOf(preview.error) === null ? (
      <NoAnswerPage
        title="The invitation could not be read"
        error={preview.error}
        onRetry={() => void preview.refetch()}
      />
    ) : (
      <InvalidInvite />
    );
  }
  const user = me.data?.user;
  return (
    <div className="mx-auto grid w-full max-w-xl grow content-center gap-8 py-12">
      <div className="grid gap-5">
        <div className="size-20 overflow-hidden rounded-panel">
          <CourtPlan />
        </div>
        <p className="text-lg text-ink-soft">{invitedBy(preview.data)}</p>
        <PageHeading title={`Join ${preview.data.title}`} className="text-4xl break-words sm:text-5xl">
          {preview.data.title}
        </PageHeading>
        <p className="text-lg">{allowed(preview.data.role)}</p>
      </div>
      {user && !join.isPending && !join.isSuccess ? (
        <Accept token={token} name={user.name} />
      ) : (
        <WaysIn
          join={join}
          action="Continue as guest"
          lead="Or with an account, so that the room stays in your list:"
          next="/invite"
        />
      )}
    </div>
  );
}

function invitedBy({ invitedBy: name }: InvitePreview): string {
  return name === null ? 'You are invited to the room' : `${name} invites you to the room`;
}

function allowed(role: InvitePreview['role']): string {
  switch (role) {
    case 'editor':
      return 'You will see the board live and can draw on it.';
    case 'commenter':
      return 'You will see the board live and can comment on it.';
    case 'viewer':
      return 'You will see the board live, without changing it.';
  }
}

function Accept({ token, name }: { readonly token: string; readonly name: string }) {
  const { api } = useAtrium();
  const navigate = useNavigate();
  const accept = useMutation({
    ...api.invites.accept.mutation(),
    onSuccess: async ({ roomId }) => {
      inviteToken().forget();
      await navigate({ to: '/rooms/$roomId', params: { roomId } });
    },
  });
  return (
    <div className="grid justify-items-start gap-4">
      {accept.isError && <FormError key={accept.submittedAt}>{errorSentence(accept.error)}</FormError>}
      <Button look="primary" size="large" isPending={accept.isPending} onPress={() => accept.mutate({ token })}>
        Join as {name}
      </Button>
    </div>
  );
}

function InvalidInvite() {
  return (
    <MessagePage title="This link does not open anything">
      <p className="text-lg text-ink-soft">
        It may have been taken back, have run out, or be incomplete. Ask the person who sent it for a new one.
      </p>
      <Link to="/" className={buttonClass('primary')}>
        Front page
      </Link>
    </MessagePage>
  );
}
