import type { AdminRoom } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { useState } from 'react';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { useAct } from '../parts/use-act.ts';

/** Freezes the room, or thaws one that is frozen. */
export function FreezeDialog({ room, onClose }: { readonly room: AdminRoom; readonly onClose: () => void }) {
  const { api } = useAtrium();
  // The room is asked for again while the question stands: it stays the question that was asked.
  const [frozen] = useState(!room.frozen);
  const freeze = useAct(api.admin.freezeRoom.mutation(), {
    done: frozen ? `“${room.title}” is frozen.` : `“${room.title}” is thawed.`,
    onDone: onClose,
  });
  const title = <strong className="[overflow-wrap:anywhere]">{room.title}</strong>;
  return (
    <ConfirmDialog
      title={frozen ? 'Freeze this room?' : 'Thaw this room?'}
      action={frozen ? 'Freeze it' : 'Thaw it'}
      stay="Leave it"
      asked={freeze}
      onConfirm={() => freeze.mutate({ roomId: room.id, frozen })}
      onClose={onClose}
    >
      {frozen ? (
        <p>
          Everybody in {title} looks on at once, its owners too: they see the board and who is there, and change
          nothing. The page says that an administrator froze it. Owners cannot lift it; only an administrator thaws it.
        </p>
      ) : (
        <p>Everybody in {title} may at once do again what their role says.</p>
      )}
    </ConfirmDialog>
  );
}
