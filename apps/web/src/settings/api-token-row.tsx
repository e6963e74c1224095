import type { ApiToken } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { Badge, Button, Dialog, FormError, toast } from '@atrium/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { errorSentence } from '../shell/error-sentence.ts';
import { TimeAgo } from '../time/time-ago.tsx';
import { permissionText } from './permission-words.ts';

export function ApiTokenRow({ token }: { readonly token: ApiToken }) {
  const [isAsking, setAsking] = useState(false);
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] items-start gap-x-4 gap-y-3 py-4 sm:grid-cols-[auto_minmax(0,1fr)_auto]">
      <KeyRound size={22} aria-hidden className="mt-0.5 text-ink-soft" />
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="font-semibold break-words">{token.name}</span>
          {token.sockets > 0 && <Badge tone="accent">In use now</Badge>}
        </p>
        <p className="text-sm text-ink-soft">{token.permissions.map(permissionText).join(' · ')}</p>
        <p className="text-sm text-ink-soft">
          <LastUse token={token} /> · ends <TimeAgo at={token.expiresAt} />
        </p>
        {token.rooms.length > 0 && (
          <p className="text-sm break-words text-ink-soft">
            In {token.rooms.map((room) => `“${room.title}”`).join(', ')}
          </p>
        )}
      </div>
      <Button
        size="small"
        aria-label={`Revoke ${token.name}`}
        onPress={() => setAsking(true)}
        className="col-start-2 justify-self-start sm:col-start-3"
      >
        Revoke
      </Button>
      {isAsking && <RevokeDialog token={token} onClose={() => setAsking(false)} />}
    </li>
  );
}

function LastUse({ token: { lastUsedAt, place } }: { readonly token: ApiToken }) {
  if (lastUsedAt === null) return <>never used</>;
  return (
    <>
      last used <TimeAgo at={lastUsedAt} />
      {place !== null && ` from ${place}`}
    </>
  );
}

function RevokeDialog({ token, onClose }: { readonly token: ApiToken; readonly onClose: () => void }) {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  const revoke = useMutation({
    ...api.tokens.revoke.mutation(),
    onSuccess: async () => {
      toast(`“${token.name}” is revoked.`);
      onClose();
      await queryClient.invalidateQueries({ queryKey: api.tokens.list.key() });
    },
  });
  return (
    <Dialog role="alertdialog" title="Revoke this token?" isOpen onClose={onClose}>
      {revoke.isError && <FormError key={revoke.submittedAt}>{errorSentence(revoke.error)}</FormError>}
      <p>
        Whatever uses <strong className="break-words">{token.name}</strong> stops at once, in open rooms too. What it
        drew stays. A token cannot be brought back.
      </p>
      <div className="flex flex-wrap justify-end gap-3">
        <Button onPress={onClose}>Keep it</Button>
        <Button look="danger" isPending={revoke.isPending} onPress={() => revoke.mutate({ id: token.id })}>
          Revoke it
        </Button>
      </div>
    </Dialog>
  );
}
