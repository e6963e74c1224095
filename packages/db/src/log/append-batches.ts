import type { RoomLog } from '@atrium/rooms';
import type { Backend } from '../backend.ts';
import { assertOutsideScope, callSystem } from '../door.ts';
import { GroupCommit, type Outgoing, type Written } from './group-commit.ts';

/** Of one statement: more would hold up whoever waits for it longer than it saves. */
const limits = { batches: 256, characters: 1024 * 1024 };
/** While one is being synced the next is on its way; more would only make the groups smaller. */
const groupsInFlight = 2;

/** How rooms write: together with all others that have something to write, in as few commits as there can be. */
export function appendBatches(backend: Backend): RoomLog['append'] {
  const group = new GroupCommit(async (batches) => await write(backend, batches), {
    ...limits,
    inFlight: Math.min(backend.sessions, groupsInFlight),
  });
  return async (batch, actors) => {
    assertOutsideScope(backend);
    return await group.append(batch, actors);
  };
}

/** The safety rules are in the function (migrations/0010_roles_at_commit.sql). All batches travel as one parameter. */
async function write(backend: Backend, batches: readonly Outgoing[]): Promise<Written> {
  const rows = await callSystem(
    backend,
    { system: 'room-log' },
    {
      text: 'select id, is_written from app_append_batches($1::jsonb, $2::jsonb)',
      values: [`[${batches.map(({ json }) => json).join(',')}]`, JSON.stringify(batches.flatMap(claimsOf))],
    },
  );
  const idsOf = (isWritten: boolean) =>
    new Set(rows.filter((row) => row['is_written'] === isWritten).map(({ id }) => String(id)));
  return { written: idsOf(true), denied: idsOf(false) };
}

/** Who is in a batch, and as what: apart from it, because a batch may be large. */
function claimsOf({ roomId, batchId, actors }: Outgoing) {
  return actors.map((actor) => ({ roomId, batchId, ...actor }));
}
