import type { AdminInvite } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { Badge, Button } from '@atrium/ui';
import { Link } from '@tanstack/react-router';
import { Mail, Ticket } from 'lucide-react';
import { useState } from 'react';
import { roleNames } from '../../rooms/role-names.ts';
import { usesWords } from '../../share/invite-bounds.ts';
import { TimeAgo } from '../../time/time-ago.tsx';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { useAct } from '../parts/use-act.ts';

/** One invitation: which room it opens, to whom, and whether it still does. */
export function InviteRow({ invite }: { readonly invite: AdminInvite }) {
  const [isAsking, setAsking] = useState(false);
  const { room, email } = invite;
  const Icon = email === null ? Ticket : Mail;
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] items-start gap-x-4 gap-y-3 py-4 sm:grid-cols-[auto_minmax(0,1fr)_auto]">
      <Icon size={22} aria-hidden className="mt-0.5 text-ink-soft" />
      <div className="min-w-0 [overflow-wrap:anywhere]">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <Link to="/admin/rooms/$roomId" params={{ roomId: room.id }} className="text-link font-semibold">
            {room.title}
          </Link>
          <Badge tone={invite.open ? 'accent' : 'neutral'}>{invite.open ? 'Open' : 'Over'}</Badge>
        </div>
        <p className="text-sm text-ink-soft">
          {roleNames[invite.role]} · {email === null ? 'a link' : `mailed to ${email}`} ·{' '}
          {invite.invitedBy === null ? 'by somebody who is gone' : `by ${invite.invitedBy}`}
        </p>
        <p className="text-sm text-ink-soft">
          {usesWords(invite)} · made <TimeAgo at={invite.createdAt} /> · <Ending invite={invite} />
        </p>
      </div>
      <Button
        size="small"
        aria-label={`Revoke the invitation to ${room.title}`}
        onPress={() => setAsking(true)}
        className="col-start-2 justify-self-start sm:col-start-3"
      >
        Revoke
      </Button>
      {isAsking && <RevokeDialog invite={invite} onClose={() => setAsking(false)} />}
    </li>
  );
}

/** Used up comes before the end of its time: it says why it lets nobody in. */
function Ending({ invite: { open, uses, maxUses, expiresAt } }: { readonly invite: AdminInvite }) {
  if (!open && maxUses !== null && uses >= maxUses) return <>used up</>;
  return (
    <>
      {open ? 'ends' : 'ended'} <TimeAgo at={expiresAt} />
    </>
  );
}

function RevokeDialog({ invite, onClose }: { readonly invite: AdminInvite; readonly onClose: () => void }) {
  const { api } = useAtrium();
  const revoke = useAct(api.admin.revokeInvite.mutation(), { done: 'The invitation is revoked.', onDone: onClose });
  return (
    <ConfirmDialog
      title="Revoke this invitation?"
      action="Revoke"
      stay="Leave it"
      isDanger
      asked={revoke}
      onConfirm={() => revoke.mutate({ id: invite.id })}
      onClose={onClose}
    >
      <p>
        It opens <strong className="break-words">{invite.room.title}</strong> to nobody any more.{' '}
        {invite.uses > 0 && 'Whoever is in the room by this invitation alone is out at once.'}
      </p>
    </ConfirmDialog>
  );
}
