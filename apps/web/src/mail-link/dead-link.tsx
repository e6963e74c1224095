import { buttonClass } from '@atrium/ui';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { MessagePage } from '../shell/message-page.tsx';

/** For a link that does nothing (any more); `children` say how to get another. */
export function DeadLink({ children }: { readonly children: ReactNode }) {
  return (
    <MessagePage title="This link does not work any more">
      <p className="text-lg text-ink-soft">
        Each link works once, for ten minutes, and only the newest one. Or a part of it was lost on the way.
      </p>
      {children}
      <Link to="/" className={buttonClass()}>
        Front page
      </Link>
    </MessagePage>
  );
}
