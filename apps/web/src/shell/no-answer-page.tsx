import { Button } from '@atrium/ui';
import { errorSentence } from './error-sentence.ts';
import { MessagePage } from './message-page.tsx';

export interface NoAnswerPageProps {
  /** What could not be asked: "The invitation could not be read". */
  readonly title: string;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** For a page whose question the server has not answered: why, and another try. */
export function NoAnswerPage({ title, error, onRetry }: NoAnswerPageProps) {
  return (
    <MessagePage title={title}>
      <p className="text-lg text-ink-soft">{errorSentence(error)}</p>
      <Button look="primary" onPress={onRetry}>
        Try again
      </Button>
    </MessagePage>
  );
}
