import { useAtrium } from '@atrium/client/react';
import { buttonClass } from '@atrium/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { MessagePage } from '../shell/message-page.tsx';
import { OneClickPage } from './one-click-page.tsx';

/** Where the mail leads that a new account gets. */
export function ConfirmPage() {
  const { api } = useAtrium();
  return (
    <OneClickPage
      purpose="confirm"
      title="Confirm your address"
      lead={(email) => `Is ${email} yours? Then you can create rooms and invite people.`}
      action="Yes, confirm"
      mutation={api.auth.confirmEmail.mutation()}
    >
      {(email) => <Confirmed email={email} />}
    </OneClickPage>
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
