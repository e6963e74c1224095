import { Button } from '@atrium/ui';
import { useId, useRef, useState } from 'react';

interface CopyFieldProps {
  /** What it is: the name of the field, and part of what the button says. */
  readonly label: string;
  readonly value: string;
  /** What the button says: "Copy link". */
  readonly action: string;
  /** Said before it is copied. */
  readonly hint: string;
  readonly look?: 'primary' | 'quiet';
  /** Shows the label; otherwise it is for screen readers only. */
  readonly isLabelShown?: boolean;
}

/** A text to take away, with a button that copies it. */
export function CopyField({ label, value, action, hint, look = 'primary', isLabelShown = false }: CopyFieldProps) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<'new' | 'copied' | 'by-hand'>('new');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setState('copied');
    } catch {
      // Not allowed here: select it, so that one key press copies it.
      field.current?.focus();
      field.current?.select();
      setState('by-hand');
    }
  };
  const words = {
    new: hint,
    copied: 'It is in your clipboard.',
    'by-hand': 'Press Ctrl+C or ⌘C to copy what is selected.',
  };
  return (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-1.5">
      <label htmlFor={id} className={isLabelShown ? 'text-sm font-semibold' : 'sr-only'}>
        {label}
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          ref={field}
          readOnly
          autoComplete="off"
          spellCheck={false}
          value={value}
          onFocus={(event) => event.target.select()}
          className="h-11 min-w-0 grow rounded-control border border-line-strong bg-sunken px-3 text-sm"
        />
        <Button look={look} onPress={() => void copy()}>
          {state === 'copied' ? 'Copied' : action}
        </Button>
      </div>
      <output className="text-sm text-ink-soft">{words[state]}</output>
    </div>
  );
}
