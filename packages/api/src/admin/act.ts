import type { AuditEntry, Device, Identity } from '@atrium/auth';
import { lockAdmin, type Scope, type ScopedTx } from '@atrium/db';
import type { DoneBy } from '@atrium/rooms';
import type { Services } from '../context.ts';

export interface Administrator {
  readonly services: Pick<Services, 'db' | 'audit'>;
  readonly identity: Identity;
  readonly device: Device;
}

const adminDoor: Scope = { system: 'admin' };

/** Who did it, as members of a room are told; the triggers say the same (`app_acting` in migration 0014). */
export const anAdministrator: DoneBy = {
  userId: '00000000-0000-0000-0000-000000000000',
  name: 'An administrator',
};

/** Looks at what belongs to others. */
export async function lookAs<T>({ services }: Administrator, look: (tx: ScopedTx) => Promise<T>): Promise<T> {
  return services.db.withScope(adminDoor, look);
}

export interface Act extends Pick<AuditEntry, 'action' | 'detail'> {
  /** Whose account it is about; null for what is about none. */
  readonly userId: string | null;
}

/**
 * Changes what belongs to others and writes it down, in one transaction: neither is there without the other. Looks once
 * more, at the row, whether the administrator is one: of two who lower each other at once, one succeeds. `act` gets what
 * `change` answers; null where nothing was changed after all.
 */
export async function actAs<T>(
  { services: { db, audit }, identity, device }: Administrator,
  act: Act | ((result: T) => Act | null),
  change: (tx: ScopedTx) => Promise<T>,
): Promise<T> {
  const { user, session } = identity;
  return db.withScope(adminDoor, async (tx) => {
    await lockAdmin(tx, { userId: user.id, session: session.publicId });
    const result = await change(tx);
    const done = typeof act === 'function' ? act(result) : act;
    if (done) {
      const { action, userId, detail } = done;
      const by = userId === user.id ? {} : { by: user.name };
      await audit.recordIn(tx, { action, userId, actorId: user.id, device, detail: { ...by, ...detail } });
    }
    return result;
  });
}
