import type { AdminInvite } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { EmptyState } from '@atrium/ui';
import { PageHeading } from '../../shell/page-heading.tsx';
import { SearchList } from '../parts/search-list.tsx';
import { usePages } from '../parts/use-pages.ts';
import { InviteRow } from './invite-row.tsx';

/** `/admin/invites`: every way into a room that somebody has made. */
export function InvitesAdminPage() {
  const { api, client } = useAtrium();
  const pages = usePages<AdminInvite>({
    queryKey: [...api.admin.invites.key(), 'pages'],
    ask: (after, signal) => client.trpc.admin.invites.query({ after }, { signal }),
  });
  return (
    <div className="grid gap-6">
      <div className="grid gap-2">
        <PageHeading title="Invitations" />
        <p className="max-w-prose text-ink-soft">
          Links and mails that let people into rooms, newest first. The links themselves are kept nowhere.
        </p>
      </div>
      <SearchList
        label="Invitations"
        nouns={['invitation', 'invitations']}
        pages={pages}
        renderRow={(invite) => <InviteRow key={invite.id} invite={invite} />}
        empty={
          <EmptyState title="Nobody has been invited">
            <p>Owners make invitations in their rooms; here they can be taken back.</p>
          </EmptyState>
        }
      />
    </div>
  );
}
