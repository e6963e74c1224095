import type { IssuedApiToken, Permission } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { Button, Dialog, FormError, SelectField, TextField } from '@atrium/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useChecks } from '../form/use-checks.ts';
import { errorSentence } from '../shell/error-sentence.ts';
import { NewTokenSecrets } from './new-token-secrets.tsx';
import { permissionWords } from './permission-words.ts';

/** Asks what a new token may do, and shows it, this one time. */
export function CreateTokenDialog({ onClose }: { readonly onClose: () => void }) {
  const [made, setMade] = useState<IssuedApiToken | null>(null);
  if (made === null) {
    return (
      <Dialog title="Create a token" isOpen onClose={onClose}>
        <CreateTokenForm onMade={setMade} onClose={onClose} />
      </Dialog>
    );
  }
  return (
    // A press beside it must not take away what is never shown again.
    <Dialog role="alertdialog" title="Your new token" isOpen onClose={onClose}>
      <NewTokenSecrets token={made} />
      <Button look="primary" className="justify-self-end" onPress={onClose}>
        I have kept it
      </Button>
    </Dialog>
  );
}

const day = 86_400;
const lifetimes: readonly { readonly value: number; readonly text: string }[] = [
  { value: day, text: '1 day' },
  { value: 7 * day, text: '7 days' },
  { value: 30 * day, text: '30 days' },
  { value: 90 * day, text: '90 days' },
  { value: 365 * day, text: '1 year' },
];

interface FormProps {
  readonly onMade: (token: IssuedApiToken) => void;
  readonly onClose: () => void;
}

function CreateTokenForm({ onMade, onClose }: FormProps) {
  const { api } = useAtrium();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [expiresIn, setExpiresIn] = useState<number>(30 * day);
  const [permissions, setPermissions] = useState<readonly Permission[]>(['rooms:read']);
  const checks = useChecks({
    name: nameProblem(name),
    permissions: permissions.length === 0 ? 'Choose at least one thing that it may do.' : undefined,
  });
  const create = useMutation({
    ...api.tokens.create.mutation(),
    onSuccess: async (token) => {
      onMade(token);
      await queryClient.invalidateQueries({ queryKey: api.tokens.list.key() });
    },
  });
  const input = { name: name.trim(), permissions: [...permissions], expiresIn };
  return (
    <form noValidate className="grid gap-5" onSubmit={checks.onSubmit(create, input)}>
      {create.isError && <FormError key={create.submittedAt}>{errorSentence(create.error)}</FormError>}
      <TextField
        label="Name"
        hint="For you to recognize it, such as “Morning chart”."
        name="name"
        autoComplete="off"
        required
        // The dialog was opened to type here.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        value={name}
        onChange={(event) => setName(event.target.value)}
        {...checks.field('name')}
      />
      <Permissions chosen={permissions} onChange={setPermissions} error={checks.field('permissions').error} />
      <SelectField label="Ends after" options={lifetimes} value={expiresIn} onChange={setExpiresIn} />
      <div className="flex flex-wrap justify-end gap-3">
        <Button onPress={onClose}>Cancel</Button>
        <Button type="submit" look="primary" isPending={create.isPending}>
          Create token
        </Button>
      </div>
    </form>
  );
}

function nameProblem(name: string): string | undefined {
  const { length } = name.trim();
  if (length === 0) return 'Give it a name.';
  return length > 80 ? 'A name has at most 80 characters.' : undefined;
}

interface PermissionsProps {
  readonly chosen: readonly Permission[];
  readonly onChange: (chosen: readonly Permission[]) => void;
  readonly error: string | undefined;
}

function Permissions({ chosen, onChange, error }: PermissionsProps) {
  const names = Object.keys(permissionWords) as Permission[];
  const toggle = (name: Permission) =>
    onChange(names.filter((each) => (each === name ? !chosen.includes(each) : chosen.includes(each))));
  return (
    <fieldset aria-describedby={error === undefined ? undefined : 'permissions-error'} className="grid gap-2">
      <legend className="mb-1 text-sm font-semibold">What it may do</legend>
      {names.map((name, index) => (
        <label key={name} className="grid cursor-pointer grid-cols-[auto_minmax(0,1fr)] items-center gap-x-3 py-1">
          <input
            type="checkbox"
            // The focus goes to the first one when none is chosen.
            name={index === 0 ? 'permissions' : undefined}
            checked={chosen.includes(name)}
            onChange={() => toggle(name)}
            className="size-4.5 accent-accent"
          />
          <span className="font-medium">{permissionWords[name].text}</span>
          <span className="col-start-2 text-sm text-ink-soft">{permissionWords[name].hint}</span>
        </label>
      ))}
      {error !== undefined && (
        <p id="permissions-error" className="text-sm font-medium text-danger">
          {error}
        </p>
      )}
    </fieldset>
  );
}
