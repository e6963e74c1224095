import { useAtrium } from '@atrium/client/react';
import { buttonClass, Logo, ThemeToggle } from '@atrium/ui';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';

/** The frame around the pages that need no account. */
export function PublicLayout() {
  return (
    <div className="mx-auto flex min-h-page max-w-7xl flex-col px-5 sm:px-8">
      <header className="flex h-18 items-center justify-between gap-4">
        <Link to="/" aria-label="Atrium, to the front page">
          <Logo />
        </Link>
        <nav aria-label="Account" className="flex items-center gap-1 sm:gap-2">
          <ThemeToggle />
          <AccountLinks />
        </nav>
      </header>
      <main id="main" className="flex grow flex-col">
        <Outlet />
      </main>
      <footer className="mt-auto flex flex-wrap justify-between gap-x-8 gap-y-2 border-t border-line py-6 text-sm text-ink-soft">
        <p>Atrium runs on your own server. What you draw stays there.</p>
        <p>MIT licence</p>
      </footer>
    </div>
  );
}

function AccountLinks() {
  const { api } = useAtrium();
  const me = useQuery(api.auth.me.query());
  if (me.data?.user) {
    return (
      <Link to="/rooms" className={buttonClass('quiet', 'small')}>
        Your rooms
      </Link>
    );
  }
  return (
    <>
      <Link to="/sign-in" className={buttonClass('plain', 'small')}>
        Sign in
      </Link>
      <Link to="/sign-up" className={buttonClass('quiet', 'small')}>
        Sign up
      </Link>
    </>
  );
}
