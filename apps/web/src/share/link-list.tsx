import type { Invite } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { FormError, Progress } from '@atrium/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { errorSentence } from '../shell/error-sentence.ts';
import { LinkRow } from './link-row.tsx';
import { type Frame, Part } from './part.tsx';
import { refresh } from './refresh.ts';
import { RevokeLinkDialog } from './revoke-link-dialog.tsx';

/** The invitations to a room, so that each can be taken back; nothing when there are none. */
export function LinkList({ roomId, frame: Around = Part }: { readonly roomId: string; readonly frame?: Frame }) {
  const { api } = useAtrium();
  const links = useQuery({ ...api.invites.list.query({ roomId }), refetchInterval: refresh });
  const [revoking, setRevoking] = useState<Invite | null>(null);
  if (links.isPending) return <Progress label="Looking for links" />;
  if (links.data === undefined) return <FormError>{errorSentence(links.error)}</FormError>;
  if (links.data.length === 0) return null;
  return (
    <Around title="Invitations" lead="Each lets people in until it ends, or until you take it back.">
      <ul aria-label="Invitations" className="-my-3 divide-y divide-line">
        {links.data.map((invite: Invite) => (
          <LinkRow key={invite.id} invite={invite} now={links.dataUpdatedAt} onRevoke={() => setRevoking(invite)} />
        ))}
      </ul>
      {revoking !== null && <RevokeLinkDialog roomId={roomId} invite={revoking} onClose={() => setRevoking(null)} />}
    </Around>
  );
}
