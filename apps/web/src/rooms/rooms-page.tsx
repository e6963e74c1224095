import type { Room } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { classNames, EmptyState, FormError, Progress } from '@atrium/ui';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { errorSentence } from '../shell/error-sentence.ts';
import { PageHeading } from '../shell/page-heading.tsx';
import { CreateRoom } from './create-room.tsx';
import { RoomRow } from './room-row.tsx';

/** How often the list asks who is where, in milliseconds. */
const refresh = 5_000;

export function RoomsPage() {
  const { archived = false } = useSearch({ from: '/_app/_framed/rooms' });
  return (
    <div className="grid gap-8">
      <PageHeading title="Rooms" />
      {!archived && <CreateRoom />}
      <div>
        <nav aria-label="Which rooms" className="flex gap-6 border-b border-line">
          <ViewLink isCurrent={!archived} />
          <ViewLink isCurrent={archived} archived />
        </nav>
        <RoomList archived={archived} />
      </div>
    </div>
  );
}

function ViewLink({ isCurrent, archived }: { readonly isCurrent: boolean; readonly archived?: true }) {
  return (
    <Link
      to="/rooms"
      search={archived ? { archived } : {}}
      aria-current={isCurrent ? 'page' : undefined}
      className={classNames(
        '-mb-px border-b-2 py-3 font-semibold',
        isCurrent ? 'border-accent text-ink' : 'border-transparent text-ink-soft hover:text-ink',
      )}
    >
      {archived ? 'Archived' : 'In use'}
    </Link>
  );
}

function RoomList({ archived }: { readonly archived: boolean }) {
  const { api } = useAtrium();
  const rooms = useQuery({ ...api.rooms.list.query({ archived }), refetchInterval: refresh });
  if (rooms.isPending) return <Progress label="Looking for your rooms" />;
  if (rooms.data === undefined) {
    return (
      <div className="py-6">
        <FormError>{errorSentence(rooms.error)}</FormError>
      </div>
    );
  }
  if (rooms.data.length === 0) return archived ? <NothingArchived /> : <NoRooms />;
  return (
    <>
      {rooms.isRefetchError && (
        <p role="alert" className="mt-4 text-sm font-medium text-warn">
          The list could not be refreshed. {errorSentence(rooms.error)}
        </p>
      )}
      <ul aria-label={archived ? 'Archived rooms' : 'Rooms in use'} className="divide-y divide-line">
        {rooms.data.map((room: Room) => (
          <RoomRow key={room.id} room={room} />
        ))}
      </ul>
    </>
  );
}

function NoRooms() {
  return (
    <EmptyState title="Your first room">
      <p>
        A room holds one board and the people who work on it. Give it a name above, open it, and send the link to
        whoever should be there.
      </p>
    </EmptyState>
  );
}

function NothingArchived() {
  return (
    <EmptyState title="Nothing put away">
      <p>
        Rooms that are done can be archived: they keep everything, and nobody can change them until their owner brings
        them back.
      </p>
    </EmptyState>
  );
}
