import type { Invite } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { FormError, Progress } from '@atrium/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { errorSentence } from '../shell/error-sentence.ts';
import { LinkRow } from './link-row.tsx';
import { RevokeLinkDialog } from './revoke-link-dialog.tsx';

/** The invitations to a room, so that each can be taken back. */
export function LinkList({ roomId }: { readonly roomId: string }) {
  const { api } = useAtrium();
  const links = useQuery(api.invites.list.query({ roomId }));
  const [revoking, setRevoking] = useState<Invite | null>(null);
  if (links.isPending) return <Progress label="Looking for links" />;
  if (links.data === undefined) return <FormError>{errorSentence(links.error)}</FormError>;
  if (links.data.length === 0) return null;
  return (
    <section aria-labelledby="links" className="border-t border-line pt-5">
      <h3 id="links" className="text-lg">
        Invitations
      </h3>
      <ul aria-label="Invitations" className="mt-1 divide-y divide-line">
        {links.data.map((invite: Invite) => (
          <LinkRow key={invite.id} invite={invite} now={links.dataUpdatedAt} onRevoke={() => setRevoking(invite)} />
        ))}
      </ul>
      {revoking !== null && <RevokeLinkDialog roomId={roomId} invite={revoking} onClose={() => setRevoking(null)} />}
    </section>
  );
}
