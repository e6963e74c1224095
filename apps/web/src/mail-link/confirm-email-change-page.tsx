import { useAtrium } from '@atrium/client/react';
import { Button, buttonClass, FormError } from '@atrium/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { errorSentence } from '../shell/error-sentence.ts';
import { MessagePage } from '../shell/message-page.tsx';
import { DeadLink } from './dead-link.tsx';
import { isDeadLink } from './link-refusal.ts';
import { LinkSheet } from './link-sheet.tsx';
import { useLinkToken } from './use-link-token.ts';
import { WithLink } from './with-link.tsx';

/** Where the mail leads that goes to a new address. */
export function ConfirmEmailChangePage() {
  const { token, forget } = useLinkToken();
  if (token === null) return <DeadChange />;
  return (
    <WithLink key={token} purpose="change-email" token={token} renewal={<NewChange />}>
      {(email) => <Change token={token} email={email} onUsed={forget} />}
    </WithLink>
  );
}

function DeadChange() {
  return (
    <DeadLink>
      <NewChange />
    </DeadLink>
  );
}

function NewChange() {
  return (
    <Link to="/settings/sign-in" className={buttonClass('primary')}>
      To my address, for a new link
    </Link>
  );
}

interface ChangeProps {
  readonly token: string;
  readonly email: string;
  readonly onUsed: () => void;
}

function Change({ token, email, onUsed }: ChangeProps) {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  const change = useMutation({
    ...api.account.confirmEmailChange.mutation(),
    onSuccess: async () => {
      onUsed();
      await queryClient.invalidateQueries({ queryKey: api.auth.me.key() });
    },
  });
  if (change.isSuccess) {
    return (
      <MessagePage title="Your address has changed">
        <p className="text-lg break-words text-ink-soft">From now on you sign in with {email}.</p>
        <Link to="/rooms" className={buttonClass('primary')}>
          Go to your rooms
        </Link>
      </MessagePage>
    );
  }
  if (isDeadLink(change.error)) return <DeadChange />;
  return (
    <LinkSheet title="Change the address" lead={`Your account moves to ${email}. Other devices are signed out.`}>
      {change.isError && <FormError key={change.submittedAt}>{errorSentence(change.error)}</FormError>}
      <div className="flex flex-wrap gap-3">
        <Button look="primary" size="large" isPending={change.isPending} onPress={() => change.mutate({ token })}>
          Change address
        </Button>
        <Link to="/" className={buttonClass('plain', 'large')}>
          Not now
        </Link>
      </div>
    </LinkSheet>
  );
}
