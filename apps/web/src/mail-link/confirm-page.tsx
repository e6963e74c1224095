import { useAtrium } from '@atrium/client/react';
import { Button, buttonClass, FormError } from '@atrium/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { errorSentence } from '../shell/error-sentence.ts';
import { MessagePage } from '../shell/message-page.tsx';
import { DeadLink } from './dead-link.tsx';
import { isDeadLink } from './link-refusal.ts';
import { LinkSheet } from './link-sheet.tsx';
import { useLinkToken } from './use-link-token.ts';
import { WithLink } from './with-link.tsx';

/** Where the mail leads that a new account gets. */
export function ConfirmPage() {
  const { token, forget } = useLinkToken();
  if (token === null) return <DeadConfirmation />;
  return (
    <WithLink key={token} purpose="confirm" token={token} renewal={<NewConfirmation />}>
      {(email) => <Confirmation token={token} email={email} onUsed={forget} />}
    </WithLink>
  );
}

function DeadConfirmation() {
  return (
    <DeadLink>
      <NewConfirmation />
    </DeadLink>
  );
}

/** Who is signed in asks for a new one in the settings; who is not signs in first. */
function NewConfirmation() {
  return (
    <Link to="/settings/sign-in" className={buttonClass('primary')}>
      To my address, for a new link
    </Link>
  );
}

interface ConfirmationProps {
  readonly token: string;
  readonly email: string;
  readonly onUsed: () => void;
}

function Confirmation({ token, email, onUsed }: ConfirmationProps) {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  const confirm = useMutation({
    ...api.auth.confirmEmail.mutation(),
    onSuccess: async () => {
      onUsed();
      await queryClient.invalidateQueries({ queryKey: api.auth.me.key() });
    },
  });
  if (confirm.isSuccess) return <Confirmed email={email} />;
  if (isDeadLink(confirm.error)) return <DeadConfirmation />;
  return (
    <LinkSheet title="Confirm your address" lead={`Is ${email} yours? Then you can create rooms and invite people.`}>
      {confirm.isError && <FormError key={confirm.submittedAt}>{errorSentence(confirm.error)}</FormError>}
      <div className="flex flex-wrap gap-3">
        <Button look="primary" size="large" isPending={confirm.isPending} onPress={() => confirm.mutate({ token })}>
          Yes, confirm
        </Button>
        <Link to="/" className={buttonClass('plain', 'large')}>
          Not now
        </Link>
      </div>
    </LinkSheet>
  );
}

function Confirmed({ email }: { readonly email: string }) {
  const { api } = useAtrium();
  const user = useQuery(api.auth.me.query()).data?.user;
  return (
    <MessagePage title="Your address is confirmed">
      <p className="text-lg break-words text-ink-soft">{email} is yours from now on, and nobody else’s.</p>
      {user ? (
        <Link to="/rooms" className={buttonClass('primary')}>
          Go to your rooms
        </Link>
      ) : (
        <Link to="/sign-in" className={buttonClass('primary')}>
          Sign in
        </Link>
      )}
    </MessagePage>
  );
}
