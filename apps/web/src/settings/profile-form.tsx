import { useAtrium } from '@atrium/client/react';
import { Avatar, Button, FormError, TextField, toast } from '@atrium/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useChecks } from '../form/use-checks.ts';
import { errorSentence } from '../shell/error-sentence.ts';
import { nameProblem } from '../sign-in/credentials.ts';

export function ProfileForm() {
  const { api } = useAtrium();
  const user = useQuery(api.auth.me.query()).data?.user;
  if (!user) return null;
  return (
    <div className="grid gap-6">
      <div className="flex items-center gap-4">
        <Avatar person={{ userId: user.id, name: user.name }} size="large" />
        <p className="min-w-0">
          <span className="block truncate font-semibold">{user.name}</span>
          <span className="block text-sm break-words text-ink-soft">
            {user.guest ? 'Guest: your rooms are tied to this browser’s session.' : user.email}
          </span>
        </p>
      </div>
      <NameForm name={user.name} />
    </div>
  );
}

function NameForm({ name }: { readonly name: string }) {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(name);
  const checks = useChecks({ name: nameProblem(draft) });
  const update = useMutation({
    ...api.account.update.mutation(),
    onSuccess: (me) => {
      queryClient.setQueryData(api.auth.me.key(), me);
      toast('Your name is saved.');
    },
  });
  return (
    <form noValidate className="grid max-w-md gap-4" onSubmit={checks.onSubmit(update, { name: draft.trim() })}>
      {update.isError && <FormError key={update.submittedAt}>{errorSentence(update.error)}</FormError>}
      <TextField
        label="Name"
        name="name"
        autoComplete="name"
        required
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        {...checks.field('name')}
      />
      <Button type="submit" look="primary" isPending={update.isPending} className="justify-self-start">
        Save name
      </Button>
    </form>
  );
}
