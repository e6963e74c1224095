import type { Invite, Member, Room } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { Avatar, Button, Dialog, FormError, Progress, toast } from '@atrium/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { roleNames } from '../rooms/role-names.ts';
import { errorSentence } from '../shell/error-sentence.ts';
import { TimeAgo } from '../time/time-ago.tsx';
import { InviteUrl } from './invite-url.tsx';

/** Who is in the room and the links that lead into it. For its owner. */
export function ShareDialog({ room, onClose }: { readonly room: Room; readonly onClose: () => void }) {
  return (
    <Dialog title="Share this room" isOpen onClose={onClose}>
      <NewLink roomId={room.id} />
      <Links roomId={room.id} />
      <Members roomId={room.id} />
    </Dialog>
  );
}

type LinkRole = 'editor' | 'viewer';

const linkRoles: readonly { readonly value: LinkRole; readonly text: string; readonly hint: string }[] = [
  { value: 'editor', text: 'Can draw', hint: 'and change what is there' },
  { value: 'viewer', text: 'Can view', hint: 'and follow along live' },
];

function NewLink({ roomId }: { readonly roomId: string }) {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  const [role, setRole] = useState<LinkRole>('editor');
  const create = useMutation({
    ...api.invites.create.mutation(),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: api.invites.list.key({ roomId }) }),
  });
  return (
    <div className="grid gap-4">
      <fieldset className="grid gap-2 sm:grid-cols-2">
        <legend className="mb-2 text-sm font-semibold">Whoever opens the link</legend>
        {linkRoles.map(({ value, text, hint }) => (
          <label
            key={value}
            className="grid cursor-pointer grid-cols-[auto_minmax(0,1fr)] items-center gap-x-3 rounded-control border border-line-strong/60 p-3 has-checked:border-accent has-checked:bg-accent-soft"
          >
            <input
              type="radio"
              name="role"
              value={value}
              checked={role === value}
              onChange={() => setRole(value)}
              className="size-4.5 accent-accent"
            />
            <span className="font-semibold">{text}</span>
            <span className="col-start-2 text-sm text-ink-soft">{hint}</span>
          </label>
        ))}
      </fieldset>
      {create.isError && <FormError key={create.submittedAt}>{errorSentence(create.error)}</FormError>}
      <Button
        look={create.data === undefined ? 'primary' : 'quiet'}
        isPending={create.isPending}
        onPress={() => create.mutate({ roomId, role })}
      >
        {create.data === undefined ? 'Create link' : 'Create another link'}
      </Button>
      {create.data !== undefined && <InviteUrl key={create.data.id} invite={create.data} />}
    </div>
  );
}

function Links({ roomId }: { readonly roomId: string }) {
  const { api } = useAtrium();
  const links = useQuery(api.invites.list.query({ roomId }));
  if (links.isPending) return <Progress label="Looking for links" />;
  if (links.data === undefined) return <FormError>{errorSentence(links.error)}</FormError>;
  if (links.data.length === 0) return null;
  return (
    <section aria-labelledby="links" className="border-t border-line pt-5">
      <h3 id="links" className="text-lg">
        Links that work now
      </h3>
      <ul aria-label="Links that work now" className="mt-1 divide-y divide-line">
        {links.data.map((invite: Invite) => (
          <LinkRow key={invite.id} invite={invite} roomId={roomId} />
        ))}
      </ul>
    </section>
  );
}

function LinkRow({ invite, roomId }: { readonly invite: Invite; readonly roomId: string }) {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  const revoke = useMutation({
    ...api.invites.revoke.mutation(),
    onSuccess: async () => {
      toast('The link is taken back. It opens nothing any more.');
      await queryClient.invalidateQueries({ queryKey: api.invites.list.key({ roomId }) });
    },
    onError: (error) => toast(errorSentence(error)),
  });
  return (
    <li className="flex items-center justify-between gap-4 py-3">
      <p className="min-w-0">
        <span className="block font-semibold">{roleNames[invite.role]}</span>
        <span className="block text-sm text-ink-soft">
          Made <TimeAgo at={invite.createdAt} />, ends <TimeAgo at={invite.expiresAt} />
        </span>
      </p>
      <Button
        size="small"
        aria-label={`Take back the link: ${roleNames[invite.role]}`}
        isPending={revoke.isPending}
        onPress={() => revoke.mutate({ id: invite.id })}
      >
        Take back
      </Button>
    </li>
  );
}

function Members({ roomId }: { readonly roomId: string }) {
  const { api } = useAtrium();
  const members = useQuery(api.members.list.query({ roomId }));
  if (members.data === undefined) return null;
  return (
    <section aria-labelledby="members" className="border-t border-line pt-5">
      <h3 id="members" className="text-lg">
        People with access
      </h3>
      <ul aria-label="People with access" className="mt-3 grid gap-3">
        {members.data.map((member: Member) => (
          <li key={member.userId} className="flex items-center gap-3">
            <Avatar person={member} size="small" />
            <span className="min-w-0 grow truncate">{member.name}</span>
            <span className="text-sm text-ink-soft">{roleNames[member.role]}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
