import type { AccessRequest } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { Avatar, Button, toast } from '@atrium/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { errorSentence } from '../shell/error-sentence.ts';
import { TimeAgo } from '../time/time-ago.tsx';
import type { Frame, PartProps } from './part.tsx';
import { refresh } from './refresh.ts';

/** Who waits at the door; nothing when nobody does. */
export function RequestList({ roomId, frame: Around = Raised }: { readonly roomId: string; readonly frame?: Frame }) {
  const { api } = useAtrium();
  const requests = useQuery({ ...api.accessRequests.list.query({ roomId }), refetchInterval: refresh });
  if (requests.data === undefined || requests.data.length === 0) return null;
  return (
    <Around title="Would like to come in" lead="They see nothing of the room before you let them in.">
      <ul aria-label="Would like to come in" className="grid gap-3">
        {requests.data.map((request: AccessRequest) => (
          <RequestRow key={request.userId} roomId={roomId} request={request} />
        ))}
      </ul>
    </Around>
  );
}

/** Somebody waits for an answer to it, so it stands out from the rest of the dialog. */
function Raised({ title, children }: PartProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="grid gap-2 rounded-control bg-accent-soft p-4">
      <h3 id={id} className="text-lg">
        {title}
      </h3>
      {children}
    </section>
  );
}

function RequestRow({ roomId, request }: { readonly roomId: string; readonly request: AccessRequest }) {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  const answer = useMutation({
    ...api.accessRequests.answer.mutation(),
    onSuccess: (_, { role }) => toast(role === null ? `${request.name} was turned away.` : `${request.name} is in.`),
    onError: (error) => toast(errorSentence(error)),
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: api.accessRequests.list.key({ roomId }) }),
        queryClient.invalidateQueries({ queryKey: api.members.list.key({ roomId }) }),
      ]),
  });
  const respond = (role: 'editor' | 'viewer' | null) => answer.mutate({ roomId, userId: request.userId, role });
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <Avatar person={request} size="small" />
      <span className="min-w-0 grow truncate">
        {request.name}
        <span className="block text-sm text-ink-soft">
          asked <TimeAgo at={request.createdAt} />
        </span>
      </span>
      <span className="flex gap-2">
        <Button size="small" isPending={answer.isPending} onPress={() => respond('editor')}>
          May draw
        </Button>
        <Button size="small" isPending={answer.isPending} onPress={() => respond('viewer')}>
          May view
        </Button>
        <Button
          size="small"
          aria-label={`Turn ${request.name} away`}
          isPending={answer.isPending}
          onPress={() => respond(null)}
        >
          No
        </Button>
      </span>
    </li>
  );
}
