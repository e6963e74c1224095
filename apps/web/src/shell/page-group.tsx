import { Link, type LinkProps, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

export interface PageGroupProps {
  /** The name of their list. */
  readonly label: string;
  /** The first one is the root of the others' addresses. */
  readonly pages: readonly { readonly to: LinkProps['to'] & string; readonly text: string }[];
}

const linkClass =
  'flex min-h-11 items-center rounded-control px-3.5 whitespace-nowrap text-ink-soft hover:bg-sunken hover:text-ink ' +
  'aria-[current=page]:bg-accent-soft aria-[current=page]:font-semibold aria-[current=page]:text-accent-strong';

/** Pages that belong together beside their list; on a narrow screen the list is a row that scrolls. */
export function PageGroup(props: PageGroupProps) {
  return (
    <div className="grid gap-x-12 gap-y-6 md:grid-cols-[10rem_minmax(0,1fr)]">
      <Navigation {...props} />
      <div className="grid min-w-0 content-start gap-7">
        <Outlet />
      </div>
    </div>
  );
}

function Navigation({ label, pages }: PageGroupProps) {
  const { pathname } = useLocation();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const links = list.current?.querySelectorAll<HTMLElement>('a') ?? [];
    const current = [...links].findLast((link) => `${pathname}/`.startsWith(`${link.getAttribute('href')}/`));
    if (!list.current || !current) return;
    list.current.scrollLeft = current.offsetLeft - (list.current.clientWidth - current.offsetWidth) / 2;
  }, [pathname]);
  return (
    <nav aria-label={label} className="min-w-0">
      <ul
        ref={list}
        className="relative -mx-5 flex gap-1 overflow-x-auto px-5 py-1 sm:-mx-8 sm:px-8 md:sticky md:top-[calc(var(--banner-height,0px)+1.5rem)] md:mx-0 md:grid md:overflow-visible md:px-0"
      >
        {pages.map(({ to, text }, index) => (
          <li key={to} className="shrink-0">
            <Link
              to={to}
              activeOptions={{ exact: index === 0 }}
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
