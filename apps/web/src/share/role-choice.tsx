import type { Invite } from '@atrium/api';

const choices: readonly { readonly value: Invite['role']; readonly text: string; readonly hint: string }[] = [
  { value: 'editor', text: 'Can draw', hint: 'and change what is there' },
  { value: 'commenter', text: 'Can comment', hint: 'where a room has comments' },
  { value: 'viewer', text: 'Can view', hint: 'and follow along live' },
];

export interface RoleChoiceProps {
  readonly role: Invite['role'];
  readonly onChange: (role: Invite['role']) => void;
}

/** What somebody may do who comes in. */
export function RoleChoice({ role, onChange }: RoleChoiceProps) {
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-2 text-sm font-semibold">Whoever opens the invitation</legend>
      {choices.map(({ value, text, hint }) => (
        <label
          key={value}
          className="grid min-h-11 cursor-pointer grid-cols-[auto_minmax(0,1fr)] items-center gap-x-3 rounded-control border border-line-strong/60 px-3 py-1.5 sm:grid-cols-[auto_auto_minmax(0,1fr)] has-checked:border-accent has-checked:bg-accent-soft"
        >
          <input
            type="radio"
            name="role"
            value={value}
            checked={role === value}
            onChange={() => onChange(value)}
            className="size-4.5 shrink-0 accent-accent"
          />
          <span className="font-semibold">{text}</span>
          <span className="col-start-2 text-sm text-ink-soft sm:col-start-3">{hint}</span>
        </label>
      ))}
    </fieldset>
  );
}
