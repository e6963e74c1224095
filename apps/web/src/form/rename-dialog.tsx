import { Button, Dialog, FormError, TextField } from '@atrium/ui';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { errorSentence } from '../shell/error-sentence.ts';
import { useChecks } from './use-checks.ts';

export interface RenameDialogProps {
  /** Of the dialog. */
  readonly title: string;
  /** The name so far. */
  readonly name: string;
  readonly hint?: string;
  /** What the button says. */
  readonly action: string;
  /** What is wrong with a name; undefined when nothing is. */
  readonly problem: (name: string) => string | undefined;
  readonly rename: (name: string) => Promise<unknown>;
  readonly onRenamed: () => Promise<void>;
  readonly onClose: () => void;
}

/** Asks for another name and sees to it that the thing has it. */
export function RenameDialog({ title, hint, action, problem, onClose, ...thing }: RenameDialogProps) {
  const [name, setName] = useState(thing.name);
  const checks = useChecks({ name: problem(name) });
  const rename = useMutation({
    mutationFn: thing.rename,
    onSuccess: async () => {
      onClose();
      await thing.onRenamed();
    },
  });
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <form noValidate className="grid gap-5" onSubmit={checks.onSubmit(rename, name.trim())}>
        {rename.isError && <FormError key={rename.submittedAt}>{errorSentence(rename.error)}</FormError>}
        <TextField
          label="Name"
          hint={hint}
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
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
