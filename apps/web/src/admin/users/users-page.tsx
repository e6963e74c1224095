import type { AdminUser } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { EmptyState } from '@atrium/ui';
import { useState } from 'react';
import { PageHeading } from '../../shell/page-heading.tsx';
import { FilterChoice } from '../parts/filter-choice.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { SearchList } from '../parts/search-list.tsx';
import { usePages } from '../parts/use-pages.ts';
import { useSettled } from '../parts/use-settled.ts';
import { UserRow } from './user-row.tsx';

const filters = [
  { value: 'all', text: 'Everybody' },
  { value: 'admins', text: 'Administrators' },
  { value: 'disabled', text: 'Disabled' },
  { value: 'guests', text: 'Guests' },
  { value: 'unconfirmed', text: 'Not confirmed' },
] as const;

type Filter = (typeof filters)[number]['value'];

/** `/admin/users`: everybody with an account here, and the guests. */
export function UsersPage() {
  const { api, client } = useAtrium();
  const [text, setText] = useState('');
  const [filter, setFilter] = useState<Filter>('all');
  const search = { text: useSettled(text.trim()), filter };
  const pages = usePages<AdminUser>({
    queryKey: [...api.admin.users.key(), 'pages', search],
    ask: (after, signal) => client.trpc.admin.users.query({ ...search, after }, { signal }),
  });
  return (
    <div className="grid gap-6">
      <PageHeading title="Users" />
      <search className="grid gap-4">
        <SearchField label="Search people" hint="Name, address or id" value={text} onValue={setText} />
        <FilterChoice label="Which people" options={filters} value={filter} onChange={setFilter} />
      </search>
      <SearchList
        label="Users"
        nouns={['person', 'people']}
        pages={pages}
        renderRow={(user) => <UserRow key={user.id} user={user} />}
        empty={<NobodyFound filter={filter} isSearching={search.text !== ''} />}
      />
    </div>
  );
}

const emptyWords: { readonly [filter in Filter]: string } = {
  all: 'Nobody has come yet. Who signs up or comes by an invitation appears here.',
  admins: 'There is no administrator. The server prints a link for the first one when it starts.',
  disabled: 'Nobody is disabled. Who is can sign in nowhere, and nothing of theirs is deleted.',
  guests: 'There are no guests. Who comes by an invitation without an account is one.',
  unconfirmed: 'Everybody with an account has followed the link in the mail that confirms the address.',
};

function NobodyFound({ filter, isSearching }: { readonly filter: Filter; readonly isSearching: boolean }) {
  if (!isSearching) return <EmptyState title="Nobody here">{emptyWords[filter]}</EmptyState>;
  return (
    <EmptyState title="Nobody fits">
      {filter === 'all'
        ? 'A part of the name or the address is enough; an id has to be whole.'
        : 'Perhaps they are among the others: choose “Everybody” to look there too.'}
    </EmptyState>
  );
}
