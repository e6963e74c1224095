import type { Member } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { type Role, roles } from '@atrium/rooms/kind';
import { Avatar, Badge, IconButton, SelectField, toast } from '@atrium/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { UserMinus } from 'lucide-react';
import { roleNames } from '../rooms/role-names.ts';
import { errorSentence } from '../shell/error-sentence.ts';

export interface MemberRowProps {
  readonly roomId: string;
  readonly member: Member;
  readonly isYou: boolean;
  readonly canChange: boolean;
}

/** One person: what they may do, and for owners the way to change it. */
export function MemberRow({ roomId, member, isYou, canChange }: MemberRowProps) {
  const { setRole, remove } = useMemberChanges(roomId, member);
  // Shown before it is answered, and put back when it is refused.
  const role = setRole.isPending ? setRole.variables.role : member.role;
  return (
    <li className="flex min-h-10 items-center gap-3">
      <Avatar person={member} size="small" />
      <span className="min-w-0 grow truncate">
        {member.name}
        {isYou && <span className="text-ink-soft"> (you)</span>}
      </span>
      {member.guest && <Badge>Guest</Badge>}
      {canChange ? (
        <>
          <SelectField
            isSmall
            label={`What ${member.name} may do`}
            options={choices(member)}
            value={role}
            disabled={remove.isPending}
            onChange={(chosen: Role) => setRole.mutate({ roomId, userId: member.userId, role: chosen })}
          />
          {!isYou && (
            <IconButton
              label={`Remove ${member.name}`}
              isDisabled={remove.isPending}
              onPress={() => remove.mutate({ roomId, userId: member.userId })}
            >
              <UserMinus size={18} aria-hidden />
            </IconButton>
          )}
        </>
      ) : (
        <span className="text-sm text-ink-soft">{roleNames[member.role]}</span>
      )}
    </li>
  );
}

/** A guest could not come back to a room of theirs. */
function choices({ guest }: Member) {
  return roles.filter((role) => !guest || role !== 'owner').map((value) => ({ value, text: roleNames[value] }));
}

const comeBack = ' The invitation that they came by still works: take it back, too, if they should stay out.';

function useMemberChanges(roomId: string, { name, inviteId }: Member) {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  const asked = {
    onError: (error: unknown) => toast(errorSentence(error)),
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: api.members.list.key({ roomId }) }),
        queryClient.invalidateQueries({ queryKey: api.rooms.get.key({ roomId }) }),
      ]),
  };
  const setRole = useMutation({ ...api.members.setRole.mutation(), ...asked });
  const remove = useMutation({
    ...api.members.remove.mutation(),
    ...asked,
    onSuccess: () => toast(`${name} has no access any more.${inviteId === null ? '' : comeBack}`),
  });
  return { setRole, remove };
}
