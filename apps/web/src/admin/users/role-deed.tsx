import type { AdminUser } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { SelectField } from '@atrium/ui';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { Deed } from '../parts/deed.tsx';
import { useAct } from '../parts/use-act.ts';
import type { UserDeedsProps } from './user-deeds.tsx';

type ServerRole = AdminUser['role'];

const options = [
  { value: 'user', text: 'User' },
  { value: 'admin', text: 'Administrator' },
] as const;

/** Whether somebody is an administrator. The choice shows what holds: another one is asked about first. */
export function RoleDeed({ user, isYou }: UserDeedsProps) {
  const [wanted, setWanted] = useState<ServerRole | null>(null);
  const choice = (
    <SelectField isSmall label={`Role of ${user.name}`} options={options} value={user.role} onChange={setWanted} />
  );
  if (user.role === 'user' && (user.guest || !user.confirmed))
    return <Deed title="Role">A user. An administrator has an account with a confirmed address.</Deed>;
  return (
    <>
      <Deed title="Role" action={choice}>
        Administrators see this control panel. They are in no room by that.
      </Deed>
      {wanted !== null && wanted !== user.role && (
        <RoleDialog user={user} isYou={isYou} role={wanted} onClose={() => setWanted(null)} />
      )}
    </>
  );
}

interface RoleDialogProps extends UserDeedsProps {
  readonly role: ServerRole;
  readonly onClose: () => void;
}

function RoleDialog({ user, isYou, role, onClose }: RoleDialogProps) {
  const setRole = useSetRole({ user, isYou, role, onClose });
  const who = <strong className="[overflow-wrap:anywhere]">{user.name}</strong>;
  const isRise = role === 'admin';
  return (
    <ConfirmDialog
      title={isRise ? 'Make them an administrator?' : 'Take the role away?'}
      action={isRise ? 'Make administrator' : 'Make a user'}
      stay="Leave it"
      isDanger={!isRise}
      asked={setRole}
      onConfirm={() => setRole.mutate({ userId: user.id, role })}
      onClose={onClose}
    >
      {isRise && (
        <p>
          {who} can then disable anybody, act as anybody who is no administrator, delete rooms, and take this role from
          you.
        </p>
      )}
      {!isRise && (
        <p>{isYou ? 'You lose' : <>{who} loses</>} this control panel at once. Account and rooms stay as they are.</p>
      )}
    </ConfirmDialog>
  );
}

function useSetRole({ user, isYou, role, onClose }: RoleDialogProps) {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return useAct(api.admin.setRole.mutation(), {
    done: role === 'admin' ? `${user.name} is an administrator now.` : `${user.name} is a user now.`,
    onDone: async () => {
      onClose();
      if (!isYou) return;
      // Away from here, before these pages are refused what they ask for.
      await queryClient.invalidateQueries({ queryKey: api.auth.me.key() });
      await navigate({ to: '/rooms' });
    },
  });
}
