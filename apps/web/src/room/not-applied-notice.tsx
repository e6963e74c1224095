import { Button, Dialog } from '@atrium/ui';
import { useState } from 'react';
import { notAppliedWords, type UnappliedChange } from './not-applied.ts';

export interface NotAppliedNoticeProps {
  readonly changes: readonly UnappliedChange[];
  readonly onDismiss: () => void;
}

/** What this person did while the right to do it was taken away. Nothing is dropped without a word. */
export function NotAppliedNotice({ changes, onDismiss }: NotAppliedNoticeProps) {
  const [isOpen, setOpen] = useState(false);
  if (changes.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center justify-center gap-x-4 gap-y-1 bg-warn-soft px-4 py-1.5 text-sm font-medium text-warn">
      <p role="alert">{notAppliedWords(changes.length)}</p>
      <span className="flex gap-2">
        <Button size="small" onPress={() => setOpen(true)}>
          Show which
        </Button>
        <Button size="small" onPress={onDismiss}>
          Got it
        </Button>
      </span>
      <Dialog title="Not applied" isOpen={isOpen} onClose={() => setOpen(false)}>
        <p>What you may do here changed while you were at it. These are not on the board as you left them:</p>
        <ul aria-label="Not applied" className="divide-y divide-line">
          {changes.map(({ id, name }) => (
            <li key={id} className="py-2">
              {name}
            </li>
          ))}
        </ul>
      </Dialog>
    </div>
  );
}
