import { Button, type ButtonProps } from '@atrium/ui';
import { useState } from 'react';

export interface CopyButtonProps extends Omit<ButtonProps, 'onPress' | 'children'> {
  readonly text: string;
  readonly label: string;
}

/** Copies, and says so in its own place. Where the browser forbids it, what is shown beside it can be selected. */
export function CopyButton({ text, label, ...button }: CopyButtonProps) {
  const [state, setState] = useState<'new' | 'copied' | 'by-hand'>('new');
  const copy = async () => {
    const isCopied = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    setState(isCopied ? 'copied' : 'by-hand');
  };
  return (
    <>
      <Button {...button} onPress={() => void copy()}>
        {label}
      </Button>
      <output className={state === 'new' ? 'sr-only' : 'self-center text-sm text-ink-soft'}>
        {state === 'copied' && 'Copied.'}
        {state === 'by-hand' && 'Select it to copy.'}
      </output>
    </>
  );
}
