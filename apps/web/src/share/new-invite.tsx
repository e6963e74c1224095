import type { Invite } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { Button, FormError, SelectField, TextField, toast } from '@atrium/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { errorSentence } from '../shell/error-sentence.ts';
import { InviteUrl } from './invite-url.tsx';
import { lifetimes, people } from './invite-bounds.ts';
import { RoleChoice } from './role-choice.tsx';

/** Makes a link, or mails an invitation to one person. */
export function NewInvite({ roomId }: { readonly roomId: string }) {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  const [role, setRole] = useState<Invite['role']>('editor');
  const [expiresIn, setExpiresIn] = useState(lifetimes.usual);
  const [maxUses, setMaxUses] = useState(people.any);
  const [email, setEmail] = useState('');
  const to = email.trim();
  const create = useMutation({
    ...api.invites.create.mutation(),
    onSuccess: async ({ email: mailedTo }) => {
      if (mailedTo !== null) {
        setEmail('');
        toast(`The invitation is on its way to ${mailedTo}.`);
      }
      await queryClient.invalidateQueries({ queryKey: api.invites.list.key({ roomId }) });
    },
  });
  const made = create.data?.email === null ? create.data : undefined;
  const wanted = { roomId, role, expiresIn };
  const submit = () =>
    create.mutate(
      to === '' ? { ...wanted, maxUses: maxUses === people.any ? null : maxUses } : { ...wanted, email: to },
    );
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!create.isPending) submit();
      }}
    >
      <RoleChoice role={role} onChange={setRole} />
      <div className="grid grid-cols-2 gap-4">
        <SelectField label="It works for" options={lifetimes.all} value={expiresIn} onChange={setExpiresIn} />
        <SelectField
          label="It lets in"
          options={people.all}
          value={to === '' ? maxUses : 1}
          disabled={to !== ''}
          onChange={setMaxUses}
        />
      </div>
      <TextField
        label="Send it by mail (optional)"
        hint="Lets in one person. Without an address you get a link to pass on yourself."
        name="invitee"
        type="email"
        inputMode="email"
        autoComplete="off"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      {create.isError && <FormError key={create.submittedAt}>{errorSentence(create.error)}</FormError>}
      <Button type="submit" look={made === undefined ? 'primary' : 'quiet'} isPending={create.isPending}>
        {submitWords(to, made !== undefined)}
      </Button>
      {made !== undefined && <InviteUrl key={made.id} invite={made} />}
    </form>
  );
}

function submitWords(to: string, isAgain: boolean): string {
  if (to !== '') return 'Send invitation';
  return isAgain ? 'Create another link' : 'Create link';
}
