import { useAtrium } from '@atrium/client/react';
import { Button, Dialog, toast } from '@atrium/ui';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useKeptCount, useSignOut } from '../session/me.ts';
import { errorSentence } from '../shell/error-sentence.ts';

/** Signs out, and asks first when that would lose something. */
export function SignOut() {
  const { client } = useAtrium();
  const signOut = useSignOut();
  const navigate = useNavigate();
  const [isAsking, setAsking] = useState(false);
  const leave = useMutation({
    mutationFn: signOut,
    // Without a line it says so, instead of signing out at some later time.
    networkMode: 'always',
    onSuccess: async () => {
      toast('You have signed out.');
      await navigate({ to: '/' });
    },
    onError: (error) => toast(errorSentence(error)),
  });
  const ask = async () => {
    if ((await client.countKept()) > 0) setAsking(true);
    else leave.mutate();
  };
  return (
    <>
      <Button isPending={leave.isPending} onPress={() => void ask()}>
        Sign out
      </Button>
      {isAsking && (
        <UnsentDialog isPending={leave.isPending} onStay={() => setAsking(false)} onLeave={() => leave.mutate()} />
      )}
    </>
  );
}

interface UnsentDialogProps {
  readonly isPending: boolean;
  readonly onStay: () => void;
  readonly onLeave: () => void;
}

function UnsentDialog({ isPending, onStay, onLeave }: UnsentDialogProps) {
  const { client } = useAtrium();
  const kept = useKeptCount();
  const isSent = kept === 0;
  const stay = () => {
    client.deliverKept();
    onStay();
  };
  return (
    <Dialog role="alertdialog" title="Not everything is saved yet" isOpen onClose={stay}>
      <p aria-live="polite">{unsentSentence(kept)}</p>
      <div className="flex flex-wrap justify-end gap-3">
        <Button onPress={stay}>Stay signed in</Button>
        <Button look={isSent ? 'primary' : 'danger'} isPending={isPending} onPress={onLeave}>
          {isSent ? 'Sign out' : 'Sign out and lose them'}
        </Button>
      </div>
    </Dialog>
  );
}

function unsentSentence(kept: number | null): string {
  if (kept === 0) return 'Everything has reached the server now. Signing out loses nothing.';
  const changes = kept === null ? 'Some of your changes have' : kept === 1 ? '1 change has' : `${kept} changes have`;
  return `${changes} not reached the server. They are kept on this device and sent as soon as the line is back. Signing out removes them from it.`;
}
