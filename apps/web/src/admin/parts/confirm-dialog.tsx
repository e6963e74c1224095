import { Button, Dialog, FormError } from '@atrium/ui';
import type { ReactNode } from 'react';
import { errorSentence } from '../../shell/error-sentence.ts';

/** A mutation, as `useMutation` gives it. */
export interface Asked {
  readonly isError: boolean;
  readonly isPending: boolean;
  readonly error: unknown;
  readonly submittedAt: number;
}

export interface ConfirmDialogProps {
  /** The question. */
  readonly title: string;
  /** What happens. */
  readonly children: ReactNode;
  readonly asked: Asked;
  /** What the buttons say. */
  readonly action: string;
  readonly stay: string;
  readonly isDanger?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Says what will happen before it does. Closing it is up to whoever succeeds. */
export function ConfirmDialog({ title, children, asked, isDanger = false, ...opts }: ConfirmDialogProps) {
  return (
    <Dialog role="alertdialog" title={title} isOpen onClose={opts.onClose}>
      {asked.isError && <FormError key={asked.submittedAt}>{errorSentence(asked.error)}</FormError>}
      {children}
      <div className="flex flex-wrap justify-end gap-3">
        <Button onPress={opts.onClose}>{opts.stay}</Button>
        <Button look={isDanger ? 'danger' : 'primary'} isPending={asked.isPending} onPress={opts.onConfirm}>
          {opts.action}
        </Button>
      </div>
    </Dialog>
  );
}
