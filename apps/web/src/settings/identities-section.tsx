import type { LinkedIdentities } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { Button, Dialog, FormError, toast } from '@atrium/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { errorSentence } from '../shell/error-sentence.ts';
import { problemSentence } from '../sign-in/problem-words.ts';
import { TimeAgo } from '../time/time-ago.tsx';
import { Section } from '../shell/section.tsx';

type LinkedIdentity = LinkedIdentities['identities'][number];

/** Accounts elsewhere that sign in to this one. Not there where the server knows none, nor for guests. */
export function IdentitiesSection() {
  const { api } = useAtrium();
  const user = useQuery(api.auth.me.query()).data?.user;
  const linked = useQuery(api.account.identities.list.query());
  const problem = useProblem();
  if (linked.data === undefined || user?.guest) return null;
  const { identities, linkable } = linked.data;
  if (identities.length === 0 && linkable.length === 0) return null;
  return (
    <Section title="Sign-in methods" lead="Accounts elsewhere that sign you in here.">
      <div className="grid gap-5">
        {problem !== null && <FormError>{problem}</FormError>}
        {identities.length > 0 && (
          <ul aria-label="Linked accounts" className="-mt-4 divide-y divide-line">
            {identities.map((identity: LinkedIdentity) => (
              <IdentityRow key={identity.provider} identity={identity} />
            ))}
          </ul>
        )}
        {linkable.length > 0 && (
          <div className="flex flex-wrap gap-3">
            {linkable.map(({ id, name }: LinkedIdentities['linkable'][number]) => (
              <LinkButton key={id} id={id} name={name} />
            ))}
          </div>
        )}
      </div>
    </Section>
  );
}

/** What came of the last try to link, when the browser is just back from it. */
function useProblem(): string | null {
  const { searchStr } = useLocation();
  return problemSentence(new URLSearchParams(searchStr).get('problem') ?? undefined);
}

function LinkButton({ id, name }: LinkedIdentities['linkable'][number]) {
  const { api } = useAtrium();
  const { pathname } = useLocation();
  const begin = useMutation({
    ...api.account.identities.begin.mutation(),
    onSuccess: ({ path }) => window.location.assign(path),
    onError: (error) => toast(errorSentence(error)),
  });
  return (
    <Button isPending={begin.isPending} onPress={() => begin.mutate({ provider: id, next: pathname })}>
      Link {name}
    </Button>
  );
}

function IdentityRow({ identity }: { readonly identity: LinkedIdentity }) {
  const [isAsking, setAsking] = useState(false);
  const { name, label, lastUsedAt } = identity;
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] items-start gap-x-4 gap-y-3 py-4 sm:grid-cols-[auto_minmax(0,1fr)_auto]">
      <KeyRound size={22} aria-hidden className="mt-0.5 text-ink-soft" />
      <div className="min-w-0">
        <p className="font-semibold">{name}</p>
        <p className="text-sm break-words text-ink-soft">
          {label} · {lastUsedAt === null ? 'not used yet' : <LastUsed at={lastUsedAt} />}
        </p>
      </div>
      <Button
        size="small"
        aria-label={`Unlink ${name}`}
        onPress={() => setAsking(true)}
        className="col-start-2 justify-self-start sm:col-start-3"
      >
        Unlink
      </Button>
      <UnlinkDialog identity={identity} isOpen={isAsking} onClose={() => setAsking(false)} />
    </li>
  );
}

function LastUsed({ at }: { readonly at: string }) {
  return (
    <>
      last used <TimeAgo at={at} />
    </>
  );
}

interface UnlinkDialogProps {
  readonly identity: LinkedIdentity;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

function UnlinkDialog({ identity: { provider, name }, isOpen, onClose }: UnlinkDialogProps) {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  const unlink = useMutation({
    ...api.account.identities.unlink.mutation(),
    onSuccess: async () => {
      toast(`${name} is unlinked.`);
      onClose();
      await queryClient.invalidateQueries({ queryKey: api.account.identities.list.key() });
    },
  });
  return (
    <Dialog role="alertdialog" title={`Unlink ${name}?`} isOpen={isOpen} onClose={onClose}>
      {unlink.isError && <FormError key={unlink.submittedAt}>{errorSentence(unlink.error)}</FormError>}
      <p>It no longer signs you in here. Where you are signed in now, you stay signed in.</p>
      <div className="flex flex-wrap justify-end gap-3">
        <Button onPress={onClose}>Cancel</Button>
        <Button look="danger" isPending={unlink.isPending} onPress={() => unlink.mutate({ provider })}>
          Unlink
        </Button>
      </div>
    </Dialog>
  );
}
