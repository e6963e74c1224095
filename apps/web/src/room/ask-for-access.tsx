import { useAtrium } from '@atrium/client/react';
import { Button, toast } from '@atrium/ui';
import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { errorSentence } from '../shell/error-sentence.ts';

/** Milliseconds between two looks at whether the door is open. */
const interval = 4_000;

export interface AskForAccessProps {
  readonly roomId: string;
  /** Asks for the room again. */
  readonly onLook: () => void;
}

/** For who came by an address that opens nothing to them: whether there is a room, and whose, is not told. */
export function AskForAccess({ roomId, onLook }: AskForAccessProps) {
  const { api } = useAtrium();
  const ask = useMutation({
    ...api.accessRequests.create.mutation(),
    onError: (error) => toast(errorSentence(error)),
  });
  useLooking(ask.isSuccess, onLook);
  if (ask.isSuccess) {
    return (
      <output className="block rounded-control bg-accent-soft px-4 py-3 text-accent-strong">
        If there is such a room, its owners see now that you would like to come in. This page opens it as soon as one of
        them lets you in.
      </output>
    );
  }
  return (
    <Button look="primary" isPending={ask.isPending} onPress={() => ask.mutate({ roomId })}>
      Ask to be let in
    </Button>
  );
}

function useLooking(isWaiting: boolean, onLook: () => void): void {
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setInterval(onLook, interval);
    return () => clearInterval(timer);
  }, [isWaiting, onLook]);
}
