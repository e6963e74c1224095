import { type ReactNode, type SelectHTMLAttributes, useId } from 'react';
import { classNames } from './class-names.ts';

export interface SelectFieldProps<Value extends string | number> extends Omit<
  SelectHTMLAttributes<HTMLSelectElement>,
  'id' | 'className' | 'value' | 'onChange' | 'children' | 'size'
> {
  readonly label: string;
  readonly hint?: ReactNode;
  /** Keeps the label for screen readers only, and the field as small as its text. */
  readonly isSmall?: boolean;
  readonly options: readonly { readonly value: Value; readonly text: string }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** A native choice of one, which every keyboard, phone and screen reader knows. */
export function SelectField<Value extends string | number>(props: SelectFieldProps<Value>) {
  const { label, hint, isSmall = false, options, value, onChange, ...select } = props;
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className={isSmall ? 'sr-only' : 'text-sm font-semibold'}>
        {label}
      </label>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="-mt-1 text-sm text-ink-soft">
          {hint}
        </p>
      )}
      <select
        {...select}
        id={id}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => String(option.value) === event.target.value);
          if (chosen) onChange(chosen.value);
        }}
        className={classNames(
          'rounded-control border border-line-strong bg-surface text-ink disabled:opacity-60',
          isSmall ? 'h-10 px-2 text-sm' : 'h-12 w-full px-3 text-base',
        )}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </div>
  );
}
