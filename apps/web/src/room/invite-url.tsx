import type { CreatedInvite } from '@atrium/api';
import { Button } from '@atrium/ui';
import { useRef, useState } from 'react';

/** The address of a new invitation. It is shown this one time: the server keeps no copy that could be read. */
export function InviteUrl({ invite }: { readonly invite: CreatedInvite }) {
  const field = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<'new' | 'copied' | 'by-hand'>('new');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(invite.url);
      setState('copied');
    } catch {
      // Not allowed here: select it, so that one key press copies it.
      field.current?.focus();
      field.current?.select();
      setState('by-hand');
    }
  };
  return (
    <div className="grid gap-2">
      <div className="flex gap-2">
        <input
          ref={field}
          readOnly
          aria-label="Invitation link"
          value={invite.url}
          onFocus={(event) => event.target.select()}
          className="h-11 min-w-0 grow rounded-control border border-line-strong bg-sunken px-3 text-sm"
        />
        <Button look="primary" onPress={() => void copy()}>
          {state === 'copied' ? 'Copied' : 'Copy link'}
        </Button>
      </div>
      <output className="text-sm text-ink-soft">{hint(state)}</output>
    </div>
  );
}

function hint(state: 'new' | 'copied' | 'by-hand'): string {
  switch (state) {
    case 'new':
      return 'Copy it now: for safety it is not shown again.';
    case 'copied':
      return 'The link is in your clipboard.';
    case 'by-hand':
      return 'Press Ctrl+C or ⌘C to copy the selected link.';
  }
}
