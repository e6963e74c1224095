import type { MailLinkPreview } from '@atrium/api';
import { Button, Progress } from '@atrium/ui';
import type { ReactNode } from 'react';
import { errorSentence } from '../shell/error-sentence.ts';
import { MessagePage } from '../shell/message-page.tsx';
import { DeadLink } from './dead-link.tsx';
import { isDeadLink } from './link-refusal.ts';
import { useLinkPreview } from './use-link-preview.ts';

export interface WithLinkProps {
  readonly purpose: MailLinkPreview['purpose'];
  readonly token: string;
  /** How to get another link, shown when this one is dead. */
  readonly renewal: ReactNode;
  /** The page of a link that works, for the address it was sent to. */
  readonly children: (email: string) => ReactNode;
}

/** Looks at the link before anything is offered: waits, says that it is dead or that nobody answers, or shows its page. */
export function WithLink({ purpose, token, renewal, children }: WithLinkProps) {
  const preview = useLinkPreview(token);
  if (preview.isPending) return <Progress label="Reading the link" />;
  // A link of another purpose is none here.
  if (preview.data?.purpose === purpose) return children(preview.data.email);
  if (preview.data !== undefined || isDeadLink(preview.error)) return <DeadLink>{renewal}</DeadLink>;
  return (
    <MessagePage title="The link could not be read">
      <p className="text-lg text-ink-soft">{errorSentence(preview.error)}</p>
      <Button look="primary" onPress={() => void preview.refetch()}>
        Try again
      </Button>
    </MessagePage>
  );
}
