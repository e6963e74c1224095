import { type ComponentType, type ReactNode, useId } from 'react';

export interface PartProps {
  readonly title: string;
  /** A sentence about it, where there is room for one. */
  readonly lead: string;
  readonly children: ReactNode;
}

/** What stands around a part of sharing: a page brings another one than the dialog. */
export type Frame = ComponentType<PartProps>;

/** A part of the dialog, with a line above it unless it is the first one. */
export function Part({ title, children }: PartProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="grid gap-3 border-t border-line pt-5 nth-2:border-t-0 nth-2:pt-0">
      <h3 id={id} className="text-lg">
        {title}
      </h3>
      {children}
    </section>
  );
}
