import type { Refusal } from '@atrium/client';
import type { EndReason } from '@atrium/rooms';
import { Button, buttonClass } from '@atrium/ui';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { errorSentence } from '../shell/error-sentence.ts';
import { MessagePage } from '../shell/message-page.tsx';
import { roomEndWords } from './room-words.ts';

export interface RoomEndedProps {
  readonly reason: EndReason | null;
  readonly who: string;
  /** Looked on in a public room. */
  readonly isVisitor: boolean;
  readonly notApplied: ReactNode;
}

/** The room was taken away while it was open. */
export function RoomEnded({ reason, who, isVisitor, notApplied }: RoomEndedProps) {
  return (
    <Closed {...roomEndWords(reason, who, isVisitor)}>
      <RoomsLink />
      {notApplied}
    </Closed>
  );
}

export interface RoomRefusedProps {
  readonly refusal?: Refusal | null;
  readonly error?: unknown;
  readonly onRetry?: () => void;
  /** In the frame of the app, which has a `main` already. */
  readonly isFramed?: boolean;
  /** More that can be done. */
  readonly children?: ReactNode;
}

/** The room could not be opened. */
export function RoomRefused({ refusal, error, onRetry, isFramed = false, children }: RoomRefusedProps) {
  return (
    <Closed title="This room did not open" sentence={refusal?.message ?? errorSentence(error)} isFramed={isFramed}>
      {children}
      {onRetry !== undefined && <Button onPress={onRetry}>Try again</Button>}
      <RoomsLink />
    </Closed>
  );
}

function RoomsLink() {
  return (
    <Link to="/rooms" className={buttonClass('primary')}>
      Go to your rooms
    </Link>
  );
}

interface ClosedProps {
  readonly title: string;
  readonly sentence: string;
  readonly isFramed?: boolean;
  readonly children: ReactNode;
}

function Closed({ title, sentence, isFramed = false, children }: ClosedProps) {
  const message = (
    <MessagePage title={title}>
      <p className="text-lg text-ink-soft">{sentence}</p>
      <div className="flex flex-wrap gap-3">{children}</div>
    </MessagePage>
  );
  if (isFramed) return message;
  return (
    <main id="main" className="flex min-h-page px-5">
      {message}
    </main>
  );
}
