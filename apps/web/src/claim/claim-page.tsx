import { useAtrium } from '@atrium/client/react';
import { buttonClass } from '@atrium/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { MessagePage } from '../shell/message-page.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import { ClaimForm } from './claim-form.tsx';

export function ClaimPage() {
  const { api } = useAtrium();
  const user = useQuery(api.auth.me.query()).data?.user;
  if (!user) return null;
  if (!user.guest) return <HasAccount />;
  return (
    <div className="grid gap-7">
      <div className="grid max-w-prose gap-3">
        <PageHeading title="Keep what you drew" />
        <p className="text-lg text-ink-soft">
          As a guest, {user.name}, you are known to this browser only. With an address and a password your rooms find
          you again on every device. Everything you drew stays yours.
        </p>
      </div>
      <ClaimForm />
    </div>
  );
}

function HasAccount() {
  return (
    <MessagePage title="You have an account">
      <p className="text-lg text-ink-soft">Everything you draw is kept in it.</p>
      <Link to="/rooms" className={buttonClass('primary')}>
        Go to your rooms
      </Link>
    </MessagePage>
  );
}
