import { type ReactNode, useId } from 'react';

export interface SectionProps {
  readonly title: string;
  readonly lead: ReactNode;
  readonly children: ReactNode;
}

/** One subject of a settings page: what it is on the left, what can be done on the right. */
export function Section({ title, lead, children }: SectionProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="grid gap-x-10 gap-y-5 border-t border-line pt-7 pb-6 lg:grid-cols-[13rem_minmax(0,1fr)]"
    >
      <div>
        <h2 id={id} className="text-2xl">
          {title}
        </h2>
        <p className="mt-1 text-sm text-ink-soft">{lead}</p>
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  );
}
