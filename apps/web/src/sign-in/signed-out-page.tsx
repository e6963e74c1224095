import { buttonClass } from '@atrium/ui';
import { Link, useSearch } from '@tanstack/react-router';
import { useKeptCount } from '../session/me.ts';
import { returnPath } from '../session/return-path.ts';
import { MessagePage } from '../shell/message-page.tsx';
import { signedOutWords } from './signed-out-words.ts';

/** Says what became of what was done last. */
function KeptNote() {
  const kept = useKeptCount() ?? 0;
  const changes = kept === 1 ? '1 change of yours is' : `${kept} changes of yours are`;
  return (
    <p className="text-ink-soft">
      {kept === 0
        ? 'Everything that was shown as saved is saved.'
        : `Everything that was shown as saved is saved. ${changes} kept on this device and sent when you are back.`}
    </p>
  );
}

/** Says why the session is over and leads back to the place where it ended. */
export function SignedOutPage() {
  const { next, reason } = useSearch({ from: '/_public/signed-out' });
  const { title, sentence, advice } = signedOutWords(reason);
  return (
    <MessagePage title={title}>
      <p className="text-lg text-ink-soft">{sentence}</p>
      {advice !== undefined && <p className="text-lg">{advice}</p>}
      {reason !== 'deletion' && <KeptNote />}
      <div className="flex flex-wrap gap-3">
        <Link to="/sign-in" search={{ next: returnPath(next) }} className={buttonClass('primary')}>
          Sign in again
        </Link>
        {advice === undefined || reason === 'deletion' ? (
          <Link to="/" className={buttonClass()}>
            Front page
          </Link>
        ) : (
          <Link to="/forgot-password" className={buttonClass()}>
            New password by mail
          </Link>
        )}
      </div>
    </MessagePage>
  );
}
