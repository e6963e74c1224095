import type { AdminUser } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTakeSession } from '../../session/me.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';

export function ActAsDialog({ user, onClose }: { readonly user: AdminUser; readonly onClose: () => void }) {
  const act = useActAs();
  return (
    <ConfirmDialog
      title={`Act as ${user.name}?`}
      action="Act as this person"
      stay="Stay yourself"
      asked={act}
      onConfirm={() => act.mutate({ userId: user.id })}
      onClose={onClose}
    >
      <ul className="grid list-disc gap-2 pl-5">
        <li>This browser shows what they see, and what you do is done in their name.</li>
        <li>It lasts an hour at most. A banner says so the whole time, and leads back to yourself.</li>
        <li>It is written down, here and in their activity, with your name; so is everything you do meanwhile.</li>
        <li>Nothing delicate: no password, no ways to sign in, no tokens, and the account cannot be deleted.</li>
      </ul>
    </ConfirmDialog>
  );
}

/** Goes on as them, in their rooms. */
function useActAs() {
  const { api, client } = useAtrium();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const takeSession = useTakeSession();
  return useMutation({
    ...api.admin.impersonate.mutation(),
    onSuccess: async () => {
      await takeSession(await client.trpc.auth.me.query());
      await navigate({ to: '/rooms' });
      // These pages knew what the person does not: nothing of it stays.
      queryClient.removeQueries({ queryKey: api.admin.key() });
    },
  });
}
