import type { AuditEntry, Device, Identity } from '@atrium/auth';
import { lockAdmin, type Scope, type ScopedTx } from '@atrium/db';
import type { Services } from '../context.ts';

export interface Administrator {
  readonly services: Services;
  readonly identity: Identity;
  readonly device: Device;
}

const adminDoor: Scope = { system: 'admin' };

/** Looks at what belongs to others. */
export async function lookAs<T>({ services }: Administrator, look: (tx: ScopedTx) => Promise<T>): Promise<T> {
  return services.db.withScope(adminDoor, look);
}

export interface Act extends Pick<AuditEntry, 'action' | 'detail'> {
  /** Whose account it is about; null for what is about none. */
  readonly userId: string | null;
}

/**
 * Changes what belongs to others and writes it down. Looks once more, at the row and in the same transaction, whether the
 * administrator is one: of two who lower each other at once, one succeeds.
 */
export async function actAs<T>(
  { services, identity, device }: Administrator,
  act: Act | ((result: T) => Act),
  change: (tx: ScopedTx) => Promise<T>,
): Promise<T> {
  const { user, session } = identity;
  const result = await services.db.withScope(adminDoor, async (tx) => {
    await lockAdmin(tx, { userId: user.id, session: session.publicId });
    return change(tx);
  });
  const { action, userId, detail } = typeof act === 'function' ? act(result) : act;
  const isAboutOthers = userId !== user.id;
  await services.audit.record({
    ...{ action, userId, actorId: user.id, device },
    detail: { ...(isAboutOthers && { by: user.name }), ...detail },
  });
  return result;
}
