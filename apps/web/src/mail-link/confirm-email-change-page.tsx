import { useAtrium } from '@atrium/client/react';
import { buttonClass } from '@atrium/ui';
import { Link } from '@tanstack/react-router';
import { MessagePage } from '../shell/message-page.tsx';
import { OneClickPage } from './one-click-page.tsx';

/** Where the mail leads that goes to a new address. */
export function ConfirmEmailChangePage() {
  const { api } = useAtrium();
  return (
    <OneClickPage
      purpose="change-email"
      title="Change the address"
      lead={(email) => `Your account moves to ${email}. Other devices are signed out.`}
      action="Change address"
      mutation={api.account.confirmEmailChange.mutation()}
    >
      {(email) => <Changed email={email} />}
    </OneClickPage>
  );
}

function Changed({ email }: { readonly email: string }) {
  return (
    <MessagePage title="Your address has changed">
      <p className="text-lg break-words text-ink-soft">From now on you sign in with {email}.</p>
      <Link to="/rooms" className={buttonClass('primary')}>
        Go to your rooms
      </Link>
    </MessagePage>
  );
}
