import type { Me } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { buttonClass, Progress } from '@atrium/ui';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { MessagePage } from '../shell/message-page.tsx';
import { BecomeAdministrator } from './become-administrator.tsx';
import { ConfirmFirst } from './confirm-first.tsx';
import { setupToken } from './setup-token.ts';

/** `/setup#token`: makes whoever holds the printed link the first administrator of this server. */
export function SetupPage() {
  const { hash } = useLocation();
  return <Setup key={hash} hash={hash} />;
}

function Setup({ hash }: { readonly hash: string }) {
  const { api } = useAtrium();
  const [token] = useState(() => setupToken().take(hash));
  const me = useQuery(api.auth.me.query());
  if (me.isPending) return <Progress label="Looking who is here" />;
  const user = me.data?.user ?? null;
  if (user?.role === 'admin') return <IsAdministrator />;
  if (token === null) return <WithoutLink />;
  return (
    <MessagePage title="Set up this server">
      <p className="text-lg text-ink-soft">
        Whoever has this link becomes its first administrator: looks after users and rooms, and reads the log of what
        happened.
      </p>
      <NextStep user={user} token={token} />
    </MessagePage>
  );
}

function NextStep({ user, token }: { readonly user: Me['user']; readonly token: string }) {
  if (user === null) return <SignUpFirst />;
  if (user.guest) return <ClaimFirst />;
  if (!user.confirmed) return <ConfirmFirst email={user.email ?? ''} />;
  return <BecomeAdministrator token={token} name={user.name} />;
}

function SignUpFirst() {
  const next = '/setup';
  return (
    <>
      <p>It takes an account of yours. From there you come back to this page.</p>
      <div className="flex flex-wrap gap-3">
        <Link to="/sign-up" search={{ next }} className={buttonClass('primary')}>
          Create an account
        </Link>
        <Link to="/sign-in" search={{ next }} className={buttonClass()}>
          Sign in
        </Link>
      </div>
    </>
  );
}

function ClaimFirst() {
  return (
    <>
      <p>You are here as a guest, and an administrator has an account. Claim one, then open the link once more.</p>
      <Link to="/claim" className={buttonClass('primary')}>
        Claim an account
      </Link>
    </>
  );
}

function IsAdministrator() {
  return (
    <MessagePage title="You are an administrator">
      <p className="text-lg text-ink-soft">There is nothing left to set up here.</p>
      <Link to="/admin" className={buttonClass('primary')}>
        Open the control panel
      </Link>
    </MessagePage>
  );
}

function WithoutLink() {
  return (
    <MessagePage title="The link is missing">
      <p className="text-lg text-ink-soft">
        A server without an administrator prints a link when it starts, after “First administrator”. Open that one.
        Where there is an administrator already, they can make you one too.
      </p>
      <Link to="/" className={buttonClass('primary')}>
        Front page
      </Link>
    </MessagePage>
  );
}
