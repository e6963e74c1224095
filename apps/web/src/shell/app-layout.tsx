import { useAtrium } from '@atrium/client/react';
import { Avatar, buttonClass, classNames, Logo, ThemeToggle } from '@atrium/ui';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useMatch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useDeliverKept } from '../session/me.ts';

/** The frame around the pages of a person who is signed in. */
export function AppLayout() {
  useDeliverKept();
  const isWide = useMatch({ from: '/_app/_framed/_admin', shouldThrow: false }) !== undefined;
  return (
    <div className={classNames('mx-auto flex min-h-page flex-col px-5 sm:px-8', isWide ? 'max-w-7xl' : 'max-w-5xl')}>
      <header className="flex h-18 items-center justify-between gap-4">
        <Link to="/rooms" aria-label="Atrium, to your rooms">
          <Logo />
        </Link>
        <nav aria-label="Main" className="flex items-center gap-1 sm:gap-2">
          <AdminLink />
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

/** For administrators alone. */
function AdminLink() {
  const { api } = useAtrium();
  const user = useQuery(api.auth.me.query()).data?.user;
  if (user?.role !== 'admin') return null;
  return (
    <Link
      to="/admin"
      activeProps={{ 'aria-current': 'true' }}
      className={classNames(
        buttonClass('plain', 'small'),
        'aria-[current]:bg-accent-soft aria-[current]:text-accent-strong',
      )}
    >
      Admin
    </Link>
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
