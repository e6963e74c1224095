import { CourtPlan } from '@atrium/ui';
import type { ReactNode } from 'react';
import { PageHeading } from './page-heading.tsx';

/** A page that says one thing and offers the way on. */
export function MessagePage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="mx-auto grid w-full max-w-xl grow content-center justify-items-start gap-5 py-14">
      <div className="size-16 overflow-hidden rounded-panel">
        <CourtPlan />
      </div>
      <PageHeading title={title} />
      {children}
    </div>
  );
}
