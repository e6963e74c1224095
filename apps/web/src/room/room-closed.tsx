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
  readonly notApplied: ReactNode;
}

/** The room was taken away while it was open. */
export function RoomEnded({ reason, who, notApplied }: RoomEndedProps) {
  return (
    <Closed {...roomEndWords(reason, who)}>
      <RoomsLink />
      {notApplied}
    </Closed>
  );
}

export interface RoomRefusedProps {
  readonly refusal?: Refusal | null;
  readonly error?: unknown;
  readonly onRetry?: () => void;
  /** More that can be done. */
  readonly children?: ReactNode;
}

/** The room could not be opened. */
export function RoomRefused({ refusal, error, onRetry, children }: RoomRefusedProps) {
  return (
    <Closed title="This room did not open" sentence={refusal?.message ?? errorSentence(error)}>
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

function Closed(props: { readonly title: string; readonly sentence: string; readonly children: ReactNode }) {
  return (
    <main id="main" className="flex min-h-dvh px-5">
      <MessagePage title={props.title}>
        <p className="text-lg text-ink-soft">{props.sentence}</p>
        <div className="flex flex-wrap gap-3">{props.children}</div>
      </MessagePage>
    </main>
  );
}
