import { type InputHTMLAttributes, type ReactNode, type Ref, useId } from 'react';
import { classNames } from './class-names.ts';

const inputClass =
  'h-12 w-full min-w-0 rounded-control border border-line-strong bg-surface px-3.5 text-base text-ink ' +
  'placeholder:text-ink-soft aria-invalid:border-danger focus-visible:outline-offset-0';

export interface TextFieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'className'> {
  readonly label: string;
  /** What is expected, shown under the label before anything is wrong. */
  readonly hint?: ReactNode;
  /** What is wrong and how to put it right. */
  readonly error?: string | undefined;
  /** Shown inside the field at its end. */
  readonly trailing?: ReactNode;
  /** Keeps the label for screen readers only. */
  readonly isLabelHidden?: boolean;
  readonly ref?: Ref<HTMLInputElement>;
}

/** A native input with its label, hint and error tied to it. */
export function TextField({ label, hint, error, trailing, isLabelHidden, ...input }: TextFieldProps) {
  const id = useId();
  const describedBy = classNames(hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`);
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className={isLabelHidden ? 'sr-only' : 'text-sm font-semibold'}>
        {label}
      </label>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="-mt-1 text-sm text-ink-soft">
          {hint}
        </p>
      )}
      <div className="relative">
        <input
          {...input}
          id={id}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={describedBy || undefined}
          className={classNames(inputClass, trailing !== undefined && 'pr-20')}
        />
        {trailing !== undefined && <div className="absolute inset-y-0 right-1.5 flex items-center">{trailing}</div>}
      </div>
      {error !== undefined && (
        <p id={`${id}-error`} className="text-sm font-medium text-danger">
          {error}
        </p>
      )}
    </div>
  );
}
