import { useAtrium } from '@atrium/client/react';
import { Button, Dialog, FormError } from '@atrium/ui';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ConfirmationField } from '../form/confirmation-field.tsx';
import { useChecks } from '../form/use-checks.ts';
import { nobody, useTakeSession } from '../session/me.ts';
import { errorSentence } from '../shell/error-sentence.ts';

export function DeleteAccount() {
  const [isAsking, setAsking] = useState(false);
  return (
    <div className="grid justify-items-start gap-4">
      <p>You are signed out everywhere at once. Sign in within seven days, and everything is as before.</p>
      <Button onPress={() => setAsking(true)}>Delete my account</Button>
      <Dialog role="alertdialog" title="Delete your account?" isOpen={isAsking} onClose={() => setAsking(false)}>
        <Consequences />
        <DeleteForm onStay={() => setAsking(false)} />
      </Dialog>
    </div>
  );
}

function Consequences() {
  return (
    <ul className="grid list-disc gap-2 pl-5">
      <li>Now: every device of yours is signed out, and your API tokens stop.</li>
      <li>For seven days: signing in undoes it.</li>
      <li>
        After that: your name, your address and all ways to sign in are gone for good, and nobody can bring them back.
      </li>
      <li>
        Rooms that only you own go to another member. Rooms that nobody else is in are deleted. What you drew in rooms
        of others stays there, without your name.
      </li>
    </ul>
  );
}

/** What has to be typed. */
const word = 'delete';

function wordProblem(typed: string): string | undefined {
  return typed.trim().toLowerCase() === word ? undefined : `Type the word ${word} to go on.`;
}

/** Deletes, and leads to the page that says how to undo it. */
function useDelete() {
  const { api, client } = useAtrium();
  const navigate = useNavigate();
  const takeSession = useTakeSession();
  return useMutation({
    ...api.account.delete.mutation(),
    onSuccess: async () => {
      await client.forgetKept();
      await navigate({ to: '/signed-out', search: { reason: 'deletion' }, replace: true });
      await takeSession(nobody);
    },
  });
}

function DeleteForm({ onStay }: { readonly onStay: () => void }) {
  const { api } = useAtrium();
  const isGuest = useQuery(api.auth.me.query()).data?.user?.guest ?? false;
  const [typed, setTyped] = useState('');
  const checks = useChecks({ confirmation: wordProblem(typed) });
  const remove = useDelete();
  return (
    <form noValidate className="grid gap-5" onSubmit={checks.onSubmit(remove, {})}>
      {remove.isError && <FormError key={remove.submittedAt}>{errorSentence(remove.error)}</FormError>}
      {isGuest && <p className="font-semibold">You are a guest: nothing can bring you back after this.</p>}
      <ConfirmationField
        label={`Type “${word}” to confirm`}
        typed={typed}
        onType={setTyped}
        {...checks.field('confirmation')}
      />
      <div className="flex flex-wrap justify-end gap-3">
        <Button onPress={onStay}>Keep my account</Button>
        <Button type="submit" look="danger" isPending={remove.isPending}>
          Delete my account
        </Button>
      </div>
    </form>
  );
}
