import type { AdminUser } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { useAct } from '../parts/use-act.ts';

export interface DisableDialogProps {
  readonly user: AdminUser;
  readonly isYou: boolean;
  readonly onClose: () => void;
}

export function DisableDialog({ user, isYou, onClose }: DisableDialogProps) {
  const { api } = useAtrium();
  const disable = useAct(api.admin.disable.mutation(), { done: `${user.name} is disabled.`, onDone: onClose });
  return (
    <ConfirmDialog
      title={isYou ? 'Disable yourself?' : 'Disable this account?'}
      action="Disable"
      stay="Leave it"
      isDanger
      asked={disable}
      onConfirm={() => disable.mutate({ userId: user.id })}
      onClose={onClose}
    >
      <ul className="grid list-disc gap-2 pl-5">
        <li>
          <strong className="[overflow-wrap:anywhere]">{user.name}</strong> is out on every device at once, and the
          rooms that are open there close. Their pages say why.
        </li>
        <li>No way to sign in works, no device and no API token of theirs, until the account is enabled again.</li>
        <li>Nothing is deleted: rooms, roles and what they drew stay.</li>
        {isYou && <li className="font-semibold">This is your own account: another administrator has to enable it.</li>}
      </ul>
    </ConfirmDialog>
  );
}
