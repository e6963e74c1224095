import type { ReactNode } from 'react';
import { CourtPlan } from './logo.tsx';

export interface EmptyStateProps {
  readonly title: string;
  /** What this place is for and what to do first. */
  readonly children: ReactNode;
}

export function EmptyState({ title, children }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-start gap-5 py-10 sm:flex-row sm:items-center sm:gap-8">
      <div className="size-24 shrink-0 overflow-hidden rounded-panel">
        <CourtPlan />
      </div>
      <div className="grid max-w-prose justify-items-start gap-2">
        <h2 className="text-2xl">{title}</h2>
        <div className="text-ink-soft">{children}</div>
      </div>
    </div>
  );
}
