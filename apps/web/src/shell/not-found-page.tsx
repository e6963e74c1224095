import { buttonClass } from '@atrium/ui';
import { Link } from '@tanstack/react-router';
import { MessagePage } from './message-page.tsx';

export function NotFoundPage() {
  return (
    <main id="main" className="flex min-h-page px-5">
      <MessagePage title="There is no page here">
        <p className="text-lg text-ink-soft">The address may be mistyped, or what was here has been removed.</p>
        <div className="flex flex-wrap gap-3">
          <Link to="/rooms" className={buttonClass('primary')}>
            Go to your rooms
          </Link>
          <Link to="/" className={buttonClass()}>
            Front page
          </Link>
        </div>
      </MessagePage>
    </main>
  );
}
