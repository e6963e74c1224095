import type { Room as RoomInfo } from '@atrium/api';
import type { Room, RoomStatus } from '@atrium/client';
import { usePresence, useRoomStatus } from '@atrium/client/react';
import { AvatarStack, Button, classNames, CourtPlan, IconButton, personHue, ThemeToggle } from '@atrium/ui';
import { Link } from '@tanstack/react-router';
import { UserPlus, Users } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { canManage } from '../rooms/rights.ts';
import { RoomTitle } from './room-title.tsx';
import { connectionWords } from './room-words.ts';

const ShareDialog = lazy(async () => ({ default: (await import('../share/share-dialog.tsx')).ShareDialog }));

export function RoomHeader({ info, room }: { readonly info: RoomInfo; readonly room: Room }) {
  const people = usePresence(room);
  const { phase } = useRoomStatus(room);
  const [isSharing, setSharing] = useState(false);
  return (
    <header className="z-10 flex h-15 shrink-0 items-center gap-2 border-b border-line bg-ground pr-2 pl-3 sm:gap-3 sm:pr-3 sm:pl-4">
      <Link to="/rooms" aria-label="Back to your rooms" className="size-9 shrink-0 overflow-hidden rounded-[0.6rem]">
        <CourtPlan hue={personHue(info.id)} />
      </Link>
      <RoomTitle info={info} />
      <ConnectionState phase={phase} />
      <div className="ml-auto flex shrink-0 items-center gap-1 sm:gap-2">
        <AvatarStack people={people} label="In the room now" size="small" limit={4} />
        <span className="hidden sm:inline-flex">
          <ThemeToggle />
        </span>
        {info.member && <ShareButton info={info} onPress={() => setSharing(true)} />}
      </div>
      {isSharing && (
        <Suspense>
          <ShareDialog room={info} here={people.map(({ userId }) => userId)} onClose={() => setSharing(false)} />
        </Suspense>
      )}
    </header>
  );
}

function ShareButton({ info, onPress }: { readonly info: RoomInfo; readonly onPress: () => void }) {
  if (!canManage(info)) {
    return (
      <IconButton label="People in this room" onPress={onPress}>
        <Users size={19} aria-hidden />
      </IconButton>
    );
  }
  return (
    <Button look="primary" size="small" aria-label="Share" onPress={onPress}>
      <UserPlus size={17} aria-hidden />
      <span className="hidden sm:inline">Share</span>
    </Button>
  );
}

function ConnectionState({ phase }: { readonly phase: RoomStatus['phase'] }) {
  return (
    <span
      className={classNames(
        'inline-flex shrink-0 items-center gap-1.5 text-sm font-medium',
        phase === 'live' ? 'text-accent' : 'text-warn',
      )}
    >
      <span aria-hidden className="size-2 rounded-full bg-current" />
      <span className="sr-only sm:not-sr-only">{connectionWords(phase)}</span>
    </span>
  );
}
