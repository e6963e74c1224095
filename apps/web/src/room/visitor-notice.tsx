import { useAtrium } from '@atrium/client/react';
import { Button } from '@atrium/ui';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useAskForAccess } from './use-ask-for-access.ts';

/** For who looks on in a public room: what they are here, and the way to become more. */
export function VisitorNotice({ roomId }: { readonly roomId: string }) {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  const onLook = useCallback(
    () => void queryClient.invalidateQueries({ queryKey: api.rooms.get.key({ roomId }) }),
    [api, queryClient, roomId],
  );
  const { isWaiting, isPending, ask } = useAskForAccess({ roomId, onLook });
  return (
    <div className="flex flex-wrap items-center justify-center gap-x-4 gap-y-1 bg-sunken px-4 py-1.5 text-sm font-medium text-ink-soft">
      <output className="text-center">
        You are looking on in a public room.
        {isWaiting && ' Its owners see now that you would like to come in.'}
      </output>
      {!isWaiting && (
        <Button size="small" isPending={isPending} onPress={ask}>
          Ask to come in
        </Button>
      )}
    </div>
  );
}
