import type { AdminRoomDetail } from '@atrium/api';
import { Button } from '@atrium/ui';
import { useState } from 'react';
import { Deed } from '../parts/deed.tsx';
import { DeleteRoomDialog } from './delete-room-dialog.tsx';
import { FreezeDialog } from './freeze-dialog.tsx';
import { TransferDialog } from './transfer-dialog.tsx';

/** What an administrator can do about a room. */
export function RoomDeeds({ room }: { readonly room: AdminRoomDetail }) {
  const [asking, setAsking] = useState<'freeze' | 'transfer' | 'delete' | null>(null);
  const close = () => setAsking(null);
  return (
    <div>
      <Deed
        title={room.frozen ? 'Thaw' : 'Freeze'}
        action={<Button onPress={() => setAsking('freeze')}>{room.frozen ? 'Thaw…' : 'Freeze…'}</Button>}
      >
        {room.frozen
          ? 'It is frozen: everybody looks on. Thawed, everybody may again what their role says.'
          : 'Everybody looks on, the owners too, until an administrator thaws it.'}
      </Deed>
      <Deed
        title="Give to another owner"
        action={<Button onPress={() => setAsking('transfer')}>Choose an owner…</Button>}
      >
        For when its owner is away or gone. Whoever owns it now stays, and can draw.
      </Deed>
      <Deed
        title="Delete"
        action={
          <Button look="danger" onPress={() => setAsking('delete')}>
            Delete…
          </Button>
        }
      >
        Closes for everybody, and cannot be brought back.
      </Deed>
      {asking === 'freeze' && <FreezeDialog room={room} onClose={close} />}
      {asking === 'transfer' && <TransferDialog room={room} onClose={close} />}
      {asking === 'delete' && <DeleteRoomDialog room={room} onClose={close} />}
    </div>
  );
}
