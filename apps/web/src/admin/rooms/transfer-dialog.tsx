import type { AdminRoomDetail } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { Button, Dialog, FormError } from '@atrium/ui';
import { useState } from 'react';
import { errorSentence } from '../../shell/error-sentence.ts';
import { SearchField } from '../parts/search-field.tsx';
import { useAct } from '../parts/use-act.ts';
import { type Heir, HeirChoice } from './heir-choice.tsx';

/** Gives the room to somebody: first offers who is in it, and finds anybody else. */
export function TransferDialog({ room, onClose }: { readonly room: AdminRoomDetail; readonly onClose: () => void }) {
  const { api } = useAtrium();
  const [text, setText] = useState('');
  const [heir, setHeir] = useState<Heir | null>(null);
  const transfer = useAct(api.admin.transferRoom.mutation(), {
    done: heir === null ? '' : `${heir.name} owns “${room.title}” now.`,
    onDone: onClose,
  });
  return (
    <Dialog title="Give to another owner" isOpen onClose={onClose}>
      {transfer.isError && <FormError key={transfer.submittedAt}>{errorSentence(transfer.error)}</FormError>}
      <p>
        Whoever you choose owns <strong className="[overflow-wrap:anywhere]">{room.title}</strong> from now on, alone.
        Who owned it before stays, and can draw. An owner has an account that can sign in.
      </p>
      <SearchField label="Search people" hint="Somebody else: name, address or id" value={text} onValue={setText} />
      <HeirChoice people={room.people} text={text} heir={heir} isDisabled={transfer.isPending} onChoose={setHeir} />
      <div className="flex flex-wrap justify-end gap-3">
        <Button onPress={onClose}>Leave it</Button>
        <Button
          look="primary"
          className="max-w-full"
          isDisabled={heir === null}
          isPending={transfer.isPending}
          onPress={() => heir && transfer.mutate({ roomId: room.id, userId: heir.userId })}
        >
          <span className="truncate">{heir === null ? 'Choose somebody' : `Give it to ${heir.name}`}</span>
        </Button>
      </div>
    </Dialog>
  );
}
