import type { Invite } from '@atrium/api';
import { Button } from '@atrium/ui';
import { roleNames } from '../rooms/role-names.ts';
import { TimeAgo } from '../time/time-ago.tsx';
import { usesWords } from './invite-bounds.ts';

export interface LinkRowProps {
  readonly invite: Invite;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly onRevoke: () => void;
}

export function LinkRow({ invite, now, onRevoke }: LinkRowProps) {
  const isOver = Date.parse(invite.expiresAt) <= now;
  const name = invite.email ?? roleNames[invite.role];
  return (
    <li className="flex items-center justify-between gap-4 py-3">
      <p className="min-w-0">
        <span className="block truncate font-semibold">{name}</span>
        <span className="block text-sm text-ink-soft">
          {invite.email !== null && `${roleNames[invite.role]}, `}
          {usesWords(invite)}, {isOver ? 'ended' : 'ends'} <TimeAgo at={invite.expiresAt} />
        </span>
      </p>
      <Button size="small" aria-label={`Take back the invitation: ${name}`} onPress={onRevoke}>
        Take back
      </Button>
    </li>
  );
}
