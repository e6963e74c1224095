import type { AdminLimit } from '@atrium/api';
import { useAtrium } from '@atrium/client/react';
import { FormError, Progress } from '@atrium/ui';
import { useQuery } from '@tanstack/react-query';
import { errorSentence } from '../../shell/error-sentence.ts';
import { PageHeading } from '../../shell/page-heading.tsx';
import { LimitRow } from './limit-row.tsx';

/** Milliseconds between two looks. */
const refresh = 5_000;

/** `/admin/limits`: what stops whoever tries too often, and whom it stops now. */
export function LimitsPage() {
  return (
    <div className="grid gap-6">
      <div className="grid gap-2">
        <PageHeading title="Limits" />
        <p className="max-w-prose text-ink-soft">
          Who tries something too often is held back for a while. Refusals are counted since the server started. What
          comes from this machine itself, as through a proxy on it, may be a hundred times as much of what a network
          may.
        </p>
      </div>
      <Limits />
    </div>
  );
}

function Limits() {
  const { api } = useAtrium();
  const limits = useQuery({ ...api.admin.limits.query(), refetchInterval: refresh });
  if (limits.isPending) return <Progress label="Looking at the limits" />;
  if (limits.data === undefined) return <FormError>{errorSentence(limits.error)}</FormError>;
  const rows: readonly AdminLimit[] = limits.data;
  const held = rows.reduce((sum, limit) => sum + limit.held.length, 0);
  return (
    <div className="grid gap-3">
      <output className="text-sm text-ink-soft">
        {held === 0 ? 'Nobody is held back now' : `${held} held back now`}
      </output>
      <ul aria-label="Limits" className="divide-y divide-line border-y border-line">
        {rows
          .toSorted((a, b) => b.held.length - a.held.length)
          .map((limit) => (
            <LimitRow key={limit.name} limit={limit} />
          ))}
      </ul>
    </div>
  );
}
