import { CourtPlan } from '@atrium/ui';
import type { ReactNode } from 'react';
import { PageHeading } from '../shell/page-heading.tsx';

export interface LinkSheetProps {
  readonly title: string;
  readonly lead: ReactNode;
  readonly children: ReactNode;
}

/** The page that a mailed link opens: what it will do, and the click that does it. */
export function LinkSheet({ title, lead, children }: LinkSheetProps) {
  return (
    <div className="mx-auto grid w-full max-w-xl grow content-center gap-6 py-14">
      <div className="size-16 overflow-hidden rounded-panel">
        <CourtPlan />
      </div>
      <div className="grid gap-3">
        <PageHeading title={title} />
        <p className="text-lg break-words text-ink-soft">{lead}</p>
      </div>
      {children}
    </div>
  );
}
