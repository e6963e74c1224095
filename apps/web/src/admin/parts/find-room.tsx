import type { AdminRoom } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import type { FindProps } from './find-person.tsx';
import { Finder, type Found } from './finder.tsx';

export function FindRoom(props: FindProps) {
  const { client } = useAtrium();
  return (
    <Finder
      label="Room"
      hint="Name, owner or id"
      kind="room"
      find={async (text, signal) => (await client.trpc.admin.rooms.query({ text }, { signal })).items.map(foundRoom)}
      {...props}
    />
  );
}

function foundRoom({ id, title, owners }: AdminRoom): Found {
  return { id, name: title, more: owners.length === 0 ? 'without an owner' : `of ${owners.join(', ')}` };
}
