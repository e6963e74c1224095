import { refusalOf } from '@atrium/client';
import { Button } from '@atrium/ui';
import { errorSentence } from '../../shell/error-sentence.ts';
import { PageHeading } from '../../shell/page-heading.tsx';
import { BackLink } from './back-link.tsx';

export interface MissingProps {
  readonly error: unknown;
  readonly list: '/admin/users' | '/admin/rooms';
  readonly onRetry: () => void;
}

/** Where somebody or something should be shown: it is gone, or there was no answer. */
export function Missing({ error, list, onRetry }: MissingProps) {
  const isGone = refusalOf(error)?.reason === 'NOT_FOUND';
  const thing = list === '/admin/users' ? 'user' : 'room';
  return (
    <div className="grid justify-items-start gap-5">
      <BackLink to={list} />
      <PageHeading title={isGone ? `This ${thing} is gone` : 'That did not work'} />
      <p className="text-lg text-ink-soft">{errorSentence(error)}</p>
      {!isGone && <Button onPress={onRetry}>Try again</Button>}
    </div>
  );
}
