import { useAtrium } from '@atrium/client/react';
import { Button, Dialog, FormError, toast } from '@atrium/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { errorSentence } from '../shell/error-sentence.ts';

/** Leaves this device as the only one that is signed in, after a question. */
export function RevokeOthers() {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const revoke = useMutation({
    ...api.sessions.revokeOthers.mutation(),
    onSuccess: async ({ ended }) => {
      setAsking(false);
      toast(endedSentence(ended));
      await queryClient.invalidateQueries({ queryKey: api.sessions.list.key() });
    },
  });
  return (
    <>
      <Button className="justify-self-start" onPress={() => setAsking(true)}>
        Sign out all other devices
      </Button>
      <Dialog role="alertdialog" title="Sign out the others?" isOpen={isAsking} onClose={() => setAsking(false)}>
        {revoke.isError && <FormError key={revoke.submittedAt}>{errorSentence(revoke.error)}</FormError>}
        <p>Every other device loses access at once, in open rooms too. This device stays signed in.</p>
        <div className="flex flex-wrap justify-end gap-3">
          <Button onPress={() => setAsking(false)}>Cancel</Button>
          <Button look="danger" isPending={revoke.isPending} onPress={() => revoke.mutate()}>
            Sign them out
          </Button>
        </div>
      </Dialog>
    </>
  );
}

function endedSentence(count: number): string {
  if (count === 0) return 'No other device was signed in.';
  return count === 1 ? 'One device is signed out.' : `${count} devices are signed out.`;
}
