import type { AdminAuditEvent } from '@atrium/api';
import { EventRow } from './event-row.tsx';

export interface EventListProps {
  readonly events: readonly AdminAuditEvent[];
  /** Id of the user or the room that they are of. */
  readonly here: string;
}

/** The newest events of somebody or something, or that there are none. */
export function EventList({ events, here }: EventListProps) {
  if (events.length === 0) return <p className="text-ink-soft">Nothing is written down yet.</p>;
  return (
    <ol aria-label="Recent events" className="-mt-3.5 divide-y divide-line">
      {events.map((event) => (
        <EventRow key={event.id} event={event} here={here} />
      ))}
    </ol>
  );
}
