import type { AuditAction } from '@atrium/api';
import { type ActionGroup, actionsIn } from './action-groups.ts';

/** What is chosen on the page. */
export interface AuditFilter {
  readonly group: ActionGroup;
  readonly result: 'any' | 'done' | 'refused';
  readonly person: string | null;
  readonly room: string | null;
  /** Days, "2026-11-26", in the time of whoever reads; empty for any. */
  readonly from: string;
  readonly to: string;
}

/** What the server is asked. */
export interface AuditSearch {
  readonly actions: AuditAction[];
  readonly result: 'done' | 'refused' | null;
  readonly person: string | null;
  readonly room: string | null;
  readonly from: string | null;
  /** Exclusive. */
  readonly to: string | null;
}

export function searchFor({ group, result, person, room, from, to }: AuditFilter): AuditSearch {
  return {
    actions: actionsIn(group),
    result: result === 'any' ? null : result,
    person,
    room,
    from: beginOf(from, 0),
    // The last day is meant with all its hours.
    to: beginOf(to, 1),
  };
}

/** Where a day begins here, or the one that is `later` days behind it; null while none is chosen. */
function beginOf(day: string, later: number): string | null {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const begin = new Date(year, month - 1, date + later);
  // Years below 100 are read as those of the last century; a date that is half typed has one.
  return day === '' || year < 1000 || Number.isNaN(begin.getTime()) ? null : begin.toISOString();
}

/** What is wrong with the days; undefined when nothing is. */
export function daysProblem({ from, to }: Pick<AuditFilter, 'from' | 'to'>): string | undefined {
  return from !== '' && to !== '' && to < from ? 'It ends before it begins.' : undefined;
}
