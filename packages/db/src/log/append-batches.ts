import type { RoomLog } from '@atrium/rooms';
import type { Backend } from '../backend.ts';
import { assertOutsideScope, callSystem } from '../door.ts';
import { GroupCommit, type Outgoing } from './group-commit.ts';

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
  return async (batch) => {
    assertOutsideScope(backend);
    return await group.append(batch);
  };
}

/** The safety rule is in the function (migrations/0005_append_batches.sql). All batches travel as one parameter. */
async function write(backend: Backend, batches: readonly Outgoing[]): Promise<ReadonlySet<string>> {
  const rows = await callSystem(
    backend,
    { system: 'room-log' },
    {
      text: 'select app_append_batches($1::jsonb) as id',
      values: [`[${batches.map(({ json }) => json).join(',')}]`],
    },
  );
  return new Set(rows.map(({ id }) => String(id)));
}
