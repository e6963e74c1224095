import { classNames } from '@atrium/ui';
import { type ReactNode, useId } from 'react';

export interface FigureGroupProps {
  readonly title: string;
  /** Places side by side on a wide screen; half of a narrow one has room for one. */
  readonly columns?: 2 | 4;
  readonly children: ReactNode;
}

/** Figures about one subject, side by side. */
export function FigureGroup({ title, columns = 4, children }: FigureGroupProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="grid gap-3">
      <h2 id={id} className="text-xl">
        {title}
      </h2>
      <dl
        className={classNames(
          'grid grid-cols-2 gap-px overflow-hidden rounded-panel border border-line bg-line',
          columns === 4 && 'lg:grid-cols-4',
        )}
      >
        {children}
      </dl>
    </section>
  );
}

export interface FigureProps {
  readonly name: string;
  /** Null while it is not known. */
  readonly value: string | null;
  readonly note: string;
  /** Two places: beside the figure there is a picture. */
  readonly isWide?: boolean;
  readonly children?: ReactNode;
}

/** One number and what it counts. It keeps its size whatever the number is. */
export function Figure({ name, value, note, isWide = false, children }: FigureProps) {
  return (
    <div className={classNames('grid min-w-0 content-start gap-0.5 bg-surface p-4', isWide && 'col-span-2')}>
      <dt className="text-sm font-semibold text-ink-soft">{name}</dt>
      <dd className="min-w-0">
        <div className={classNames(isWide && 'grid grid-cols-[minmax(7.5rem,auto)_minmax(0,1fr)] gap-4')}>
          <span className="block truncate text-[1.75rem] leading-tight font-semibold tabular-nums group-data-[old=true]/figures:text-ink-soft">
            {value ?? <Unknown />}
          </span>
          {children}
        </div>
        <span className="mt-0.5 block text-[0.8125rem] text-ink-soft tabular-nums">{note}</span>
      </dd>
    </div>
  );
}

function Unknown() {
  return (
    <>
      <span aria-hidden>–</span>
      <span className="sr-only">not known yet</span>
    </>
  );
}
