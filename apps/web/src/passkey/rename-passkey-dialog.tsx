import type { Passkey } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { Button, Dialog, FormError, TextField } from '@atrium/ui';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useChecks } from '../form/use-checks.ts';
import { errorSentence } from '../shell/error-sentence.ts';

export interface RenamePasskeyDialogProps {
  readonly passkey: Passkey;
  readonly title: string;
  readonly onRenamed: () => Promise<void>;
  readonly onClose: () => void;
}

export function RenamePasskeyDialog({ passkey, title, onRenamed, onClose }: RenamePasskeyDialogProps) {
  const { api } = useAtrium();
  const [name, setName] = useState(passkey.name);
  const checks = useChecks({ name: problem(name) });
  const rename = useMutation({
    ...api.account.passkeys.rename.mutation(),
    onSuccess: async () => {
      onClose();
      await onRenamed();
    },
  });
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <form noValidate className="grid gap-5" onSubmit={checks.onSubmit(rename, { id: passkey.id, name: name.trim() })}>
        {rename.isError && <FormError key={rename.submittedAt}>{errorSentence(rename.error)}</FormError>}
        <TextField
          label="Name"
          hint="So that you know which device it is."
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
        <div className="flex flex-wrap justify-end gap-3">
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" look="primary" isPending={rename.isPending}>
            Save name
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function problem(name: string): string | undefined {
  if (name.trim() === '') return 'Enter a name.';
  return name.trim().length > 80 ? 'A name has at most 80 characters.' : undefined;
}
