import type { AdminAuditEvent, AuditPerson } from '@atrium/api';
import { Link } from '@tanstack/react-router';
import { ActivityPicture } from '../../activity/activity-picture.tsx';
import { TimeAgo } from '../../time/time-ago.tsx';
import { eventFacts, eventWords } from './event-words.ts';

export interface EventRowProps {
  readonly event: AdminAuditEvent;
  /** Id of the user or the room whose page this is: nothing links to where one is. */
  readonly here?: string;
}

/** An item of a list: what happened, who did it and to whom, from where and when. */
export function EventRow({ event, here }: EventRowProps) {
  const { icon, sentence, isDelicate } = eventWords(event);
  const facts = eventFacts(event);
  const { room } = event.detail;
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 py-3.5">
      <ActivityPicture icon={icon} />
      <div className="min-w-0 [overflow-wrap:anywhere]">
        <p className={isDelicate ? 'font-semibold' : undefined}>{sentence}</p>
        <p className="text-sm text-ink-soft">
          <Involved event={event} here={here} />
          {typeof room === 'string' && room !== here && (
            <>
              {' · '}
              <Link to="/admin/rooms/$roomId" params={{ roomId: room }} className="text-link">
                the room
              </Link>
            </>
          )}
          {facts.map((fact) => ` · ${fact}`)}
        </p>
        <p className="text-sm text-ink-soft">
          {[event.label, event.place].filter(Boolean).map((part) => `${part} · `)}
          <TimeAgo at={event.at} />
        </p>
      </div>
    </li>
  );
}

interface InvolvedProps {
  readonly event: AdminAuditEvent;
  readonly here: string | undefined;
}

/** "Ada", "Ada, about Bob", "Nobody who is signed in, about Bob". */
function Involved({ event: { actor, user }, here }: InvolvedProps) {
  const isAboutOthers = user !== null && user.id !== actor?.id;
  return (
    <>
      {actor === null ? 'Nobody who is signed in' : <PersonLink person={actor} isHere={actor.id === here} />}
      {isAboutOthers && (
        <>
          , about <PersonLink person={user} isHere={user.id === here} />
        </>
      )}
    </>
  );
}

interface PersonLinkProps {
  readonly person: AuditPerson;
  readonly isHere: boolean;
}

function PersonLink({ person: { id, name }, isHere }: PersonLinkProps) {
  if (name === null) return <>somebody who is gone ({id.slice(0, 8)})</>;
  if (isHere) return <>{name}</>;
  return (
    <Link to="/admin/users/$userId" params={{ userId: id }} className="text-link">
      {name}
    </Link>
  );
}
