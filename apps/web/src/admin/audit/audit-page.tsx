import type { AdminAuditEvent } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { Button, EmptyState } from '@atrium/ui';
import { useMemo, useState } from 'react';
import { PageHeading } from '../../shell/page-heading.tsx';
import { EventRow } from '../parts/event-row.tsx';
import { SearchList } from '../parts/search-list.tsx';
import { usePages } from '../parts/use-pages.ts';
import { AuditFilters, type ChosenFilter } from './audit-filters.tsx';
import { searchFor } from './audit-search.ts';
import { ExportAudit } from './export-audit.tsx';

const everything: ChosenFilter = { group: 'all', result: 'any', person: null, room: null, from: '', to: '' };

/** `/admin/audit`: what happened on this server, and who did it. */
export function AuditPage() {
  const { api, client } = useAtrium();
  const [filter, setFilter] = useState(everything);
  const search = useMemo(
    () => searchFor({ ...filter, person: filter.person?.id ?? null, room: filter.room?.id ?? null }),
    [filter],
  );
  const pages = usePages<AdminAuditEvent>({
    queryKey: [...api.admin.audit.key(), 'pages', search],
    ask: (before, signal) => client.trpc.admin.audit.query({ ...search, before }, { signal }),
  });
  return (
    <div className="grid gap-6">
      <div className="grid gap-2">
        <PageHeading title="Audit log" />
        <p className="max-w-prose text-ink-soft">
          Everything that somebody did here, or was refused, newest first. Nothing in it can be changed.
        </p>
      </div>
      <AuditFilters filter={filter} onChange={setFilter} />
      <ExportAudit search={search} />
      <SearchList
        label="Events"
        nouns={['event', 'events']}
        pages={pages}
        renderRow={(event) => <EventRow key={event.id} event={event} />}
        empty={<NothingFound onClear={filter === everything ? null : () => setFilter(everything)} />}
      />
    </div>
  );
}

function NothingFound({ onClear }: { readonly onClear: (() => void) | null }) {
  return (
    <EmptyState title="Nothing like that happened">
      <div className="grid justify-items-start gap-4">
        <p>Or it happened before this server began to write it down.</p>
        {onClear && <Button onPress={onClear}>Show everything</Button>}
      </div>
    </EmptyState>
  );
}
