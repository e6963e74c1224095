import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

const pages = [
  { to: '/settings', text: 'You' },
  { to: '/settings/sign-in', text: 'Sign-in' },
  { to: '/settings/devices', text: 'Devices' },
  { to: '/settings/tokens', text: 'API tokens' },
  { to: '/settings/activity', text: 'Activity' },
  { to: '/settings/data', text: 'Your data' },
] as const;

const linkClass =
  'flex min-h-11 items-center rounded-control px-3.5 whitespace-nowrap text-ink-soft hover:bg-sunken hover:text-ink ' +
  'aria-[current=page]:bg-accent-soft aria-[current=page]:font-semibold aria-[current=page]:text-accent-strong';

/** The pages of the settings beside their list; on a narrow screen the list is a row that scrolls. */
export function SettingsLayout() {
  return (
    <div className="grid gap-x-12 gap-y-6 md:grid-cols-[10rem_minmax(0,1fr)]">
      <SettingsNavigation />
      <div className="grid min-w-0 content-start gap-7">
        <Outlet />
      </div>
    </div>
  );
}

function SettingsNavigation() {
  const { pathname } = useLocation();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const links = list.current?.querySelectorAll<HTMLElement>('a') ?? [];
    const current = [...links].find((link) => link.getAttribute('href') === pathname);
    if (!list.current || !current) return;
    list.current.scrollLeft = current.offsetLeft - (list.current.clientWidth - current.offsetWidth) / 2;
  }, [pathname]);
  return (
    <nav aria-label="Settings" className="min-w-0">
      <ul
        ref={list}
        className="relative -mx-5 flex gap-1 overflow-x-auto px-5 py-1 sm:-mx-8 sm:px-8 md:sticky md:top-6 md:mx-0 md:grid md:overflow-visible md:px-0"
      >
        {pages.map(({ to, text }) => (
          <li key={to} className="shrink-0">
            <Link
              to={to}
              activeOptions={{ exact: true }}
              activeProps={{ 'aria-current': 'page' }}
              className={linkClass}
            >
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
