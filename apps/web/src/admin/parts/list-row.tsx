import type { ReactNode } from 'react';

export interface ListRowProps {
  readonly picture: ReactNode;
  /** A link; the whole row leads where it leads. */
  readonly title: ReactNode;
  readonly badges: ReactNode;
  readonly below: ReactNode;
  /** Two short lines: beside the rest where there is room, else under it. */
  readonly aside: readonly [ReactNode, ReactNode];
}

/** Somebody or something in a list of the control panel. */
export function ListRow({ picture, title, badges, below, aside: [first, second] }: ListRowProps) {
  return (
    <li className="group relative grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-4 gap-y-1 py-3.5 hover:bg-sunken/60 sm:grid-cols-[auto_minmax(0,1fr)_11rem]">
      {picture}
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <span className="font-semibold [overflow-wrap:anywhere] decoration-accent decoration-2 underline-offset-4 group-hover:underline [&_a]:after:absolute [&_a]:after:inset-0">
            {title}
          </span>
          {badges}
        </div>
        <p className="text-sm [overflow-wrap:anywhere] text-ink-soft">{below}</p>
      </div>
      <div className="col-start-2 text-sm text-ink-soft sm:col-start-3">
        <p>{first}</p>
        <p>{second}</p>
      </div>
    </li>
  );
}
