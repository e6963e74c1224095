import type { Passkey } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { RenameDialog } from '../form/rename-dialog.tsx';

export interface RenamePasskeyDialogProps {
  readonly passkey: Passkey;
  readonly title: string;
  readonly onRenamed: () => Promise<void>;
  readonly onClose: () => void;
}

export function RenamePasskeyDialog({ passkey, ...dialog }: RenamePasskeyDialogProps) {
  const { trpc } = useAtrium().client;
  return (
    <RenameDialog
      {...dialog}
      name={passkey.name}
      hint="So that you know which device it is."
      action="Save name"
      problem={problem}
      rename={(name) => trpc.account.passkeys.rename.mutate({ id: passkey.id, name })}
    />
  );
}

function problem(name: string): string | undefined {
  if (name.trim() === '') return 'Enter a name.';
  return name.trim().length > 80 ? 'A name has at most 80 characters.' : undefined;
}
