import type { MailLinkPreview } from '@atrium/api';
import type { ReactNode } from 'react';
import { DeadLink } from './dead-link.tsx';
import { useLinkToken } from './use-link-token.ts';
import { WithLink } from './with-link.tsx';

/** A link that works. */
export interface OpenedLink {
  readonly token: string;
  /** The address that it was sent to. */
  readonly email: string;
  /** Call it when the token has been used. */
  readonly onUsed: () => void;
}

export interface LinkPageProps {
  readonly purpose: MailLinkPreview['purpose'];
  /** How to get another link, shown to whoever comes with a dead one or without. */
  readonly renewal: ReactNode;
  readonly children: (link: OpenedLink) => ReactNode;
}

/** A page that is there for those who come with a link, and for nobody else. */
export function LinkPage({ purpose, renewal, children }: LinkPageProps) {
  const { token, forget } = useLinkToken();
  if (token === null) return <DeadLink>{renewal}</DeadLink>;
  return (
    <WithLink key={token} purpose={purpose} token={token} renewal={renewal}>
      {(email) => children({ token, email, onUsed: forget })}
    </WithLink>
  );
}
