import type { Invite } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { Button, Dialog, FormError, toast } from '@atrium/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { errorSentence } from '../shell/error-sentence.ts';

export interface RevokeLinkDialogProps {
  readonly roomId: string;
  readonly invite: Invite;
  readonly onClose: () => void;
}

/** Says before it is done what becomes of the people who came by the link. */
export function RevokeLinkDialog({ roomId, invite, onClose }: RevokeLinkDialogProps) {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  const revoke = useMutation({
    ...api.invites.revoke.mutation(),
    onSuccess: async ({ removed }) => {
      toast(doneWords(removed));
      onClose();
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: api.invites.list.key({ roomId }) }),
        queryClient.invalidateQueries({ queryKey: api.members.list.key({ roomId }) }),
      ]);
    },
  });
  const act = (keepMembers: boolean) => revoke.mutate({ id: invite.id, keepMembers });
  return (
    <Dialog role="alertdialog" title="Take this invitation back?" isOpen onClose={onClose}>
      {revoke.isError && <FormError key={revoke.submittedAt}>{errorSentence(revoke.error)}</FormError>}
      <p>
        {invite.uses === 0
          ? 'It opens nothing any more from then on.'
          : 'It opens nothing any more. Whoever is in the room by this invitation alone loses the access at once, unless you let them stay.'}
      </p>
      <div className="flex flex-wrap justify-end gap-3">
        <Button onPress={onClose}>Leave it</Button>
        {invite.uses > 0 && (
          <Button isPending={revoke.isPending} onPress={() => act(true)}>
            Let them stay
          </Button>
        )}
        <Button look="danger" isPending={revoke.isPending} onPress={() => act(false)}>
          Take back
        </Button>
      </div>
    </Dialog>
  );
}

function doneWords(removed: number): string {
  const people = removed === 1 ? '1 person has' : `${removed} people have`;
  return removed === 0 ? 'The invitation opens nothing any more.' : `Taken back: ${people} no access any more.`;
}
