import type { AdminRoom } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { EmptyState } from '@atrium/ui';
import { useState } from 'react';
import { PageHeading } from '../../shell/page-heading.tsx';
import { FilterChoice } from '../parts/filter-choice.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { SearchList } from '../parts/search-list.tsx';
import { usePages } from '../parts/use-pages.ts';
import { useSettled } from '../parts/use-settled.ts';
import { RoomRow } from './room-row.tsx';

const filters = [
  { value: 'all', text: 'All' },
  { value: 'frozen', text: 'Frozen' },
  { value: 'archived', text: 'Archived' },
  { value: 'public', text: 'Public' },
] as const;

type Filter = (typeof filters)[number]['value'];

/** `/admin/rooms`: every room of the server; what is drawn in them is not shown. */
export function RoomsAdminPage() {
  const { api, client } = useAtrium();
  const [text, setText] = useState('');
  const [filter, setFilter] = useState<Filter>('all');
  const search = { text: useSettled(text.trim()), filter };
  const pages = usePages<AdminRoom>({
    queryKey: [...api.admin.rooms.key(), 'pages', search],
    ask: (after, signal) => client.trpc.admin.rooms.query({ ...search, after }, { signal }),
  });
  return (
    <div className="grid gap-6">
      <PageHeading title="All rooms" />
      <search className="grid gap-4">
        <SearchField label="Search rooms" hint="Title, owner or id" value={text} onValue={setText} />
        <FilterChoice label="Which rooms" options={filters} value={filter} onChange={setFilter} />
      </search>
      <SearchList
        label="Rooms"
        nouns={['room', 'rooms']}
        pages={pages}
        renderRow={(room) => <RoomRow key={room.id} room={room} />}
        empty={<NothingFound filter={filter} isSearching={search.text !== ''} />}
      />
    </div>
  );
}

const emptyWords: { readonly [filter in Filter]: string } = {
  all: 'Nobody has made a room yet.',
  frozen: 'No room is frozen. In one that is, everybody looks on until an administrator thaws it.',
  archived: 'No room is archived. Its owners put a room away when it is done.',
  public: 'No room is public. Into one that is, everybody who is signed in and knows its address can look.',
};

function NothingFound({ filter, isSearching }: { readonly filter: Filter; readonly isSearching: boolean }) {
  if (!isSearching) return <EmptyState title="Nothing here">{emptyWords[filter]}</EmptyState>;
  return (
    <EmptyState title="Nothing fits">
      {filter === 'all'
        ? 'A part of the title or of an owner’s name is enough; an id has to be whole.'
        : 'Perhaps it is among the others: choose “All” to look there too.'}
    </EmptyState>
  );
}
