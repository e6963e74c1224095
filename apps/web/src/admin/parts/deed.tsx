import type { ReactNode } from 'react';

/** One thing that can be done: what it is, and the button. */
export function Deed({ title, children, action }: DeedProps) {
  return (
    <div className="grid items-center gap-x-6 gap-y-3 border-b border-line py-4 first:pt-0 last:border-b-0 last:pb-0 sm:grid-cols-[minmax(0,1fr)_auto]">
      <div className="min-w-0">
        <h3 className="text-lg">{title}</h3>
        <p className="text-sm text-ink-soft">{children}</p>
      </div>
      {action !== undefined && <div className="justify-self-start">{action}</div>}
    </div>
  );
}

export interface DeedProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Left out where it cannot be done: the text says why. */
  readonly action?: ReactNode;
}
