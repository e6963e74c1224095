import { Button, buttonClass } from '@atrium/ui';
import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { refusalOf } from '@atrium/client';
import { errorSentence } from './error-sentence.ts';
import { MessagePage } from './message-page.tsx';

/** For routes that bring their own frame, and so have none when they fail. */
export function BareErrorPage(props: ErrorComponentProps) {
  return (
    <main id="main" className="flex min-h-page px-5">
      <ErrorPage {...props} />
    </main>
  );
}

/** What a route shows when it failed: the reason in words, another try, and a way out. */
export function ErrorPage({ error }: ErrorComponentProps) {
  const router = useRouter();
  const { reset } = useQueryErrorResetBoundary();
  const isMissing = refusalOf(error)?.reason === 'NOT_FOUND';
  return (
    <MessagePage title={isMissing ? 'This room is not here' : 'That did not work'}>
      <p className="text-lg text-ink-soft">{errorSentence(error)}</p>
      <div className="flex flex-wrap gap-3">
        <Button
          look="primary"
          onPress={() => {
            reset();
            void router.invalidate();
          }}
        >
          Try again
        </Button>
        <Link to="/rooms" className={buttonClass()}>
          Go to your rooms
        </Link>
      </div>
    </MessagePage>
  );
}
