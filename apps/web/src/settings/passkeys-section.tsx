import type { Passkey } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { Badge, Button, Dialog, FormError, Progress, toast } from '@atrium/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { hasPasskeys, passkeyProblem } from '../passkey/passkey-problem.ts';
import { RenamePasskeyDialog } from '../passkey/rename-passkey-dialog.tsx';
import { useAddPasskey } from '../passkey/use-add-passkey.ts';
import { errorSentence } from '../shell/error-sentence.ts';
import { TimeAgo } from '../time/time-ago.tsx';
import { Section } from '../shell/section.tsx';

/** Signing in with a fingerprint, a face or a key. Not there for guests. */
export function PasskeysSection() {
  const { api } = useAtrium();
  const user = useQuery(api.auth.me.query()).data?.user;
  const passkeys = useQuery(api.account.passkeys.list.query());
  if (!user || user.guest) return null;
  return (
    <Section title="Passkeys" lead="Sign in with your fingerprint, your face or a key, without a password.">
      {passkeys.isPending && <Progress label="Looking for your passkeys" />}
      {passkeys.isError && <FormError>{errorSentence(passkeys.error)}</FormError>}
      {passkeys.data && <PasskeyList passkeys={passkeys.data} />}
    </Section>
  );
}

function PasskeyList({ passkeys }: { readonly passkeys: readonly Passkey[] }) {
  return (
    <div className="grid gap-5">
      {passkeys.length > 0 && (
        <ul aria-label="Passkeys" className="-mt-4 divide-y divide-line">
          {passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} />
          ))}
        </ul>
      )}
      {hasPasskeys(location.hostname) ? (
        <AddPasskey />
      ) : (
        <p className="text-ink-soft">
          Passkeys cannot be made here: this browser, or the address of this page, has none.
        </p>
      )}
    </div>
  );
}

function AddPasskey() {
  const changed = usePasskeysChanged();
  const [added, setAdded] = useState<Passkey | null>(null);
  const add = useAddPasskey(async (passkey) => {
    setAdded(passkey);
    await changed();
  });
  const problem = add.isError ? passkeyProblem(add.error) : null;
  return (
    <div className="grid justify-items-start gap-4">
      {problem !== null && <FormError key={add.submittedAt}>{problem}</FormError>}
      <Button isPending={add.isPending} onPress={() => add.mutate()}>
        Add a passkey
      </Button>
      {added && (
        <RenamePasskeyDialog
          passkey={added}
          title="Your passkey is ready"
          onRenamed={changed}
          onClose={() => setAdded(null)}
        />
      )}
    </div>
  );
}

function PasskeyRow({ passkey }: { readonly passkey: Passkey }) {
  const changed = usePasskeysChanged();
  const [open, setOpen] = useState<'rename' | 'remove' | null>(null);
  const close = () => setOpen(null);
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] items-start gap-x-4 gap-y-3 py-4 sm:grid-cols-[auto_minmax(0,1fr)_auto]">
      <KeyRound size={22} aria-hidden className="mt-0.5 text-ink-soft" />
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="font-semibold break-words">{passkey.name}</span>
          {passkey.synced && <Badge>Synced</Badge>}
        </p>
        <p className="text-sm text-ink-soft">
          Added <TimeAgo at={passkey.createdAt} />
          {passkey.lastUsedAt === null ? ' · not used yet' : ' · last used '}
          {passkey.lastUsedAt !== null && <TimeAgo at={passkey.lastUsedAt} />}
        </p>
      </div>
      <div className="col-start-2 flex gap-2 sm:col-start-3">
        <Button size="small" aria-label={`Rename ${passkey.name}`} onPress={() => setOpen('rename')}>
          Rename
        </Button>
        <Button size="small" aria-label={`Remove ${passkey.name}`} onPress={() => setOpen('remove')}>
          Remove
        </Button>
      </div>
      {open === 'rename' && (
        <RenamePasskeyDialog passkey={passkey} title="Rename the passkey" onRenamed={changed} onClose={close} />
      )}
      {open === 'remove' && <RemovePasskeyDialog passkey={passkey} onClose={close} />}
    </li>
  );
}

function RemovePasskeyDialog({ passkey, onClose }: { readonly passkey: Passkey; readonly onClose: () => void }) {
  const { api } = useAtrium();
  const changed = usePasskeysChanged();
  const remove = useMutation({
    ...api.account.passkeys.remove.mutation(),
    onSuccess: async () => {
      onClose();
      toast(`“${passkey.name}” is removed.`);
      await changed();
    },
  });
  return (
    <Dialog role="alertdialog" title="Remove the passkey?" isOpen onClose={onClose}>
      {remove.isError && <FormError key={remove.submittedAt}>{errorSentence(remove.error)}</FormError>}
      <p>
        “{passkey.name}” will not sign you in any more, and your other devices are signed out. Remove it from the device
        too: it may still be offered there.
      </p>
      <div className="flex flex-wrap justify-end gap-3">
        <Button onPress={onClose}>Cancel</Button>
        <Button look="danger" isPending={remove.isPending} onPress={() => remove.mutate({ id: passkey.id })}>
          Remove it
        </Button>
      </div>
    </Dialog>
  );
}

/** Other devices were signed out, too. */
function usePasskeysChanged(): () => Promise<void> {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  return async () => {
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: api.account.passkeys.list.key() }),
      queryClient.invalidateQueries({ queryKey: api.sessions.list.key() }),
    ]);
  };
}
