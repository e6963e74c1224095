import type { Member, Room } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { FormError, Progress } from '@atrium/ui';
import { useQuery } from '@tanstack/react-query';
import { errorSentence } from '../shell/error-sentence.ts';
import { canManage } from '../rooms/rights.ts';
import { MemberRow } from './member-row.tsx';
import { type Frame, Part } from './part.tsx';
import { refresh } from './refresh.ts';

/** Everybody with access, oneself included. */
export function MemberList({ room, frame: Around = Part }: { readonly room: Room; readonly frame?: Frame }) {
  const { api } = useAtrium();
  const members = useQuery({ ...api.members.list.query({ roomId: room.id }), refetchInterval: refresh });
  const me = useQuery(api.auth.me.query());
  if (members.isPending) return <Progress label="Looking for people" />;
  if (members.data === undefined) return <FormError>{errorSentence(members.error)}</FormError>;
  const owners = members.data.filter(({ role }) => role === 'owner').length;
  const canChange = canManage(room);
  return (
    <Around
      title="People with access"
      lead={
        canChange ? 'What you change holds at once, also for who is in the room now.' : 'And what each of them may do.'
      }
    >
      <div className="grid gap-4">
        <ul aria-label="People with access" className="grid gap-3">
          {members.data.map((member: Member) => (
            <MemberRow
              key={member.userId}
              roomId={room.id}
              member={member}
              isYou={member.userId === me.data?.user?.id}
              canChange={canChange && !(member.role === 'owner' && owners === 1)}
            />
          ))}
        </ul>
        {canChange && owners === 1 && (
          <p className="text-sm text-ink-soft">
            A room keeps an owner. To hand it over, make somebody else an owner first.
          </p>
        )}
      </div>
    </Around>
  );
}
