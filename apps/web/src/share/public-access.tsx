import type { Room } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { FormError, Switch, toast } from '@atrium/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CopyField } from '../form/copy-field.tsx';
import { errorSentence } from '../shell/error-sentence.ts';
import { type Frame, Part } from './part.tsx';

/** Lets whoever knows the address look on, until an owner takes it back. */
export function PublicAccess({ room, frame: Around = Part }: { readonly room: Room; readonly frame?: Frame }) {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  const publish = useMutation({
    ...api.rooms.publish.mutation(),
    onSuccess: async (changed) => {
      toast(changed.public ? 'Anyone with the address may look on now.' : 'Only members see this room now.');
      queryClient.setQueryData(api.rooms.get.key({ roomId: room.id }), changed);
      await queryClient.invalidateQueries({ queryKey: api.rooms.list.key() });
    },
  });
  // Shown before it is answered, and put back when it is refused.
  const isPublic = publish.isPending ? publish.variables.public : room.public;
  return (
    <Around title="Public" lead="For a room that is no secret.">
      <div className="grid gap-4">
        {publish.isError && <FormError key={publish.submittedAt}>{errorSentence(publish.error)}</FormError>}
        <Switch
          label="Anyone with the address may look on"
          hint={
            isPublic
              ? 'They see the board live and the names of who is in it, without an account, and can change nothing. Turned off, they are out at once.'
              : 'Only members see this room.'
          }
          isOn={isPublic}
          onChange={(isOn) => {
            if (!publish.isPending) publish.mutate({ roomId: room.id, public: isOn });
          }}
        />
        {room.public && (
          <CopyField
            label="Public address"
            action="Copy address"
            look="quiet"
            value={`${location.origin}/look/${room.id}`}
            hint="It stays the same, however often this is turned off and on."
          />
        )}
      </div>
    </Around>
  );
}
