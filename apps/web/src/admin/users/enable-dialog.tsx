import type { AdminUser } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { useAct } from '../parts/use-act.ts';

export function EnableDialog({ user, onClose }: { readonly user: AdminUser; readonly onClose: () => void }) {
  const { api } = useAtrium();
  const enable = useAct(api.admin.enable.mutation(), { done: `${user.name} can sign in again.`, onDone: onClose });
  return (
    <ConfirmDialog
      title="Enable this account?"
      action="Enable"
      stay="Leave it"
      asked={enable}
      onConfirm={() => enable.mutate({ userId: user.id })}
      onClose={onClose}
    >
      <p>
        <strong className="[overflow-wrap:anywhere]">{user.name}</strong> can sign in again, and is in the same rooms as
        before. Devices that were signed in, and API tokens, work again too: sign out below what should not.
      </p>
    </ConfirmDialog>
  );
}
