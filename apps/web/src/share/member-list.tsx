import type { Member, Room } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { FormError, Progress } from '@atrium/ui';
import { useQuery } from '@tanstack/react-query';
import { errorSentence } from '../shell/error-sentence.ts';
import { MemberRow } from './member-row.tsx';

/** Everybody with access, oneself included. */
export function MemberList({ room }: { readonly room: Room }) {
  const { api } = useAtrium();
  const members = useQuery(api.members.list.query({ roomId: room.id }));
  const me = useQuery(api.auth.me.query());
  if (members.isPending) return <Progress label="Looking for people" />;
  if (members.data === undefined) return <FormError>{errorSentence(members.error)}</FormError>;
  const owners = members.data.filter(({ role }) => role === 'owner').length;
  return (
    <section
      aria-labelledby="members"
      className="border-t border-line pt-5 first-of-type:border-t-0 first-of-type:pt-0"
    >
      <h3 id="members" className="text-lg">
        People with access
      </h3>
      <ul aria-label="People with access" className="mt-3 grid gap-3">
        {members.data.map((member: Member) => (
          <MemberRow
            key={member.userId}
            roomId={room.id}
            member={member}
            isYou={member.userId === me.data?.user?.id}
            canChange={room.role === 'owner' && !(member.role === 'owner' && owners === 1)}
          />
        ))}
      </ul>
      {room.role === 'owner' && owners === 1 && (
        <p className="mt-4 text-sm text-ink-soft">
          A room keeps an owner. To hand it over, make somebody else an owner first.
        </p>
      )}
    </section>
  );
}
