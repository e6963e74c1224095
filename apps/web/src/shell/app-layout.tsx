import { useAtrium } from '@atrium/client/react';
import { Avatar, Logo, ThemeToggle } from '@atrium/ui';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useDeliverKept } from '../session/me.ts';

/** The frame around the pages of a person who is signed in. */
export function AppLayout() {
  useDeliverKept();
  return (
    <div className="mx-auto flex min-h-dvh max-w-5xl flex-col px-5 sm:px-8">
      <header className="flex h-18 items-center justify-between gap-4">
        <Link to="/rooms" aria-label="Atrium, to your rooms">
          <Logo />
        </Link>
        <nav aria-label="Main" className="flex items-center gap-1 sm:gap-2">
          <ThemeToggle />
          <SettingsLink />
        </nav>
      </header>
      <Notice />
      <main id="main" className="grow pt-8 pb-20 sm:pt-12">
        <Outlet />
      </main>
    </div>
  );
}

const AccountNotice = lazy(async () => ({ default: (await import('./account-notice.tsx')).AccountNotice }));

/** For who has no account yet, or has not confirmed its address. */
function Notice() {
  const { api } = useAtrium();
  const user = useQuery(api.auth.me.query()).data?.user;
  if (!user || (user.confirmed && !user.guest)) return null;
  return (
    <Suspense>
      <AccountNotice user={user} />
    </Suspense>
  );
}

function SettingsLink() {
  const { api } = useAtrium();
  const user = useQuery(api.auth.me.query()).data?.user;
  if (!user) return null;
  return (
    <Link
      to="/settings"
      aria-label={`Settings of ${user.name}`}
      className="flex items-center gap-2.5 rounded-full py-1 pr-1 pl-1 font-semibold hover:bg-sunken sm:pr-4"
    >
      <Avatar person={{ userId: user.id, name: user.name }} />
      <span className="hidden max-w-40 truncate sm:inline">{user.name}</span>
    </Link>
  );
}
