import { TextField } from '@atrium/ui';
import { FilterChoice } from '../parts/filter-choice.tsx';
import { FindPerson } from '../parts/find-person.tsx';
import { FindRoom } from '../parts/find-room.tsx';
import type { Found } from '../parts/finder.tsx';
import { actionGroups } from './action-groups.ts';
import { type AuditFilter, daysProblem } from './audit-search.ts';

/** The filter, with what was found by name: the page shows it. */
export interface ChosenFilter extends Omit<AuditFilter, 'person' | 'room'> {
  readonly person: Found | null;
  readonly room: Found | null;
}

const results = [
  { value: 'any', text: 'Done or refused' },
  { value: 'done', text: 'Done' },
  { value: 'refused', text: 'Refused' },
] as const;

export interface AuditFiltersProps {
  readonly filter: ChosenFilter;
  readonly onChange: (filter: ChosenFilter) => void;
}

export function AuditFilters({ filter, onChange }: AuditFiltersProps) {
  const set = (change: Partial<ChosenFilter>) => onChange({ ...filter, ...change });
  return (
    <search aria-label="What to show" className="grid gap-4">
      <FilterChoice
        label="Which actions"
        options={actionGroups}
        value={filter.group}
        onChange={(group) => set({ group })}
      />
      <FilterChoice
        label="Which result"
        options={results}
        value={filter.result}
        onChange={(result) => set({ result })}
      />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <FindPerson chosen={filter.person} onChange={(person) => set({ person })} />
        <FindRoom chosen={filter.room} onChange={(room) => set({ room })} />
        <TextField
          label="From"
          type="date"
          value={filter.from}
          onChange={(event) => set({ from: event.target.value })}
        />
        <TextField
          label="To"
          type="date"
          value={filter.to}
          error={daysProblem(filter)}
          onChange={(event) => set({ to: event.target.value })}
        />
      </div>
    </search>
  );
}
