import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import { classNames } from './class-names.ts';
import { Spinner } from './spinner.tsx';
import { useLate } from './use-late.ts';

export type ButtonLook = 'primary' | 'quiet' | 'plain' | 'danger';

const base =
  'inline-flex cursor-pointer items-center justify-center gap-2 rounded-control font-semibold whitespace-nowrap select-none ' +
  'transition-[background-color,border-color,color,transform] duration-150 active:scale-[0.98] ' +
  'disabled:cursor-not-allowed disabled:opacity-50 data-pending:cursor-progress data-pending:opacity-70';

const looks: Record<ButtonLook, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong',
  quiet: 'border border-line-strong/60 bg-surface text-ink hover:border-ink-soft hover:bg-sunken',
  plain: 'text-ink hover:bg-sunken',
  danger: 'bg-danger text-on-danger hover:bg-danger-strong',
};

const sizes = { small: 'h-9 px-3 text-sm', medium: 'h-11 px-4 text-[0.9375rem]', large: 'h-12 px-6 text-base' };

/** The classes of a button, for links that must look like one. */
export function buttonClass(look: ButtonLook = 'quiet', size: keyof typeof sizes = 'medium'): string {
  return classNames(base, looks[look], sizes[size]);
}

export interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style'> {
  readonly children?: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
  readonly look?: ButtonLook;
  readonly size?: keyof typeof sizes;
  readonly className?: string;
}

/**
 * Set `isPending` while the action runs: the button keeps its focus and its width, does nothing, and after a second says
 * that it is busy. (The library's own `isPending` announces by reference to the button, which is often gone by then.)
 */
export function Button({ look = 'quiet', size = 'medium', isPending = false, ...given }: ButtonProps) {
  const { className, children, type = 'button', onPress, ...props } = given;
  const action = isPending
    ? ({ type: 'button', 'aria-disabled': true, 'data-pending': true } as const)
    : { type, ...(onPress && { onPress }) };
  return (
    <AriaButton {...props} {...action} className={classNames(buttonClass(look, size), 'relative', className)}>
      {isPending ? <Busy>{children}</Busy> : children}
    </AriaButton>
  );
}

function Busy({ children }: { readonly children: ReactNode }) {
  const isLate = useLate();
  if (!isLate) return children;
  return (
    <>
      <span className="inline-flex items-center gap-2 opacity-0">{children}</span>
      <span className="absolute inset-0 grid place-items-center">
        <Spinner className="border-current border-t-transparent" />
        <output className="sr-only">Still working</output>
      </span>
    </>
  );
}

/** A square button that shows only an icon; `label` is its name. */
export function IconButton({
  label,
  className,
  ...props
}: Omit<ButtonProps, 'aria-label'> & { readonly label: string }) {
  return (
    <AriaButton
      type="button"
      {...props}
      aria-label={label}
      className={classNames(base, looks[props.look ?? 'plain'], 'size-10 shrink-0', className)}
    />
  );
}
