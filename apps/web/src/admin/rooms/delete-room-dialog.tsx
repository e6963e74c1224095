import type { AdminRoom } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { Button, Dialog, FormError } from '@atrium/ui';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ConfirmationField } from '../../form/confirmation-field.tsx';
import { useChecks } from '../../form/use-checks.ts';
import { errorSentence } from '../../shell/error-sentence.ts';
import { useAct } from '../parts/use-act.ts';
import { confirmationProblem } from './confirmation-problem.ts';

/** Deletes somebody else's room, once its name was typed. */
export function DeleteRoomDialog({ room, onClose }: { readonly room: AdminRoom; readonly onClose: () => void }) {
  const { api } = useAtrium();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const checks = useChecks({ confirmation: confirmationProblem(typed, room.title) });
  const remove = useAct(api.admin.deleteRoom.mutation(), {
    done: `“${room.title}” is deleted.`,
    // Away from here, before this page asks for a room that is gone.
    onDone: () => navigate({ to: '/admin/rooms' }),
  });
  return (
    <Dialog role="alertdialog" title="Delete this room?" isOpen onClose={onClose}>
      <form noValidate className="grid gap-5" onSubmit={checks.onSubmit(remove, { roomId: room.id })}>
        {remove.isError && <FormError key={remove.submittedAt}>{errorSentence(remove.error)}</FormError>}
        <p>
          <strong className="[overflow-wrap:anywhere]">{room.title}</strong> closes for everybody at once, and its board
          cannot be brought back. To only keep everybody from changing it, freeze it.
        </p>
        <ConfirmationField
          label="Type the name of the room to confirm"
          typed={typed}
          onType={setTyped}
          {...checks.field('confirmation')}
        />
        <div className="flex flex-wrap justify-end gap-3">
          <Button onPress={onClose}>Keep it</Button>
          <Button type="submit" look="danger" isPending={remove.isPending}>
            Delete room
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
