import { useAtrium } from '@atrium/client/react';
import { toast } from '@atrium/ui';
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

/** Asks the owners once, then looks again and again whether one of them has let this person in. */
export function useAskForAccess({ roomId, onLook }: AskForAccessProps) {
  const { api } = useAtrium();
  const ask = useMutation({
    ...api.accessRequests.create.mutation(),
    onError: (error) => toast(errorSentence(error)),
  });
  const isWaiting = ask.isSuccess;
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setInterval(onLook, interval);
    return () => clearInterval(timer);
  }, [isWaiting, onLook]);
  return { isWaiting, isPending: ask.isPending, ask: () => ask.mutate({ roomId }) };
}
