import type { AdminUser } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { Finder, type Found } from './finder.tsx';

export interface FindProps {
  readonly chosen: Found | null;
  readonly onChange: (chosen: Found | null) => void;
}

export function FindPerson(props: FindProps) {
  const { client } = useAtrium();
  return (
    <Finder
      label="Person"
      hint="Name, address or id"
      kind="person"
      find={async (text, signal) => (await client.trpc.admin.users.query({ text }, { signal })).items.map(foundUser)}
      {...props}
    />
  );
}

function foundUser({ id, name, email }: AdminUser): Found {
  return { id, name, more: email ?? 'a guest' };
}
