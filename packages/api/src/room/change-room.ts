import type { AuditEntry, Device, Identity } from '@atrium/auth';
import { findRoom, type MemberRoom, type ScopedTx } from '@atrium/db';
import type { Services } from '../context.ts';
import { Refusal } from '../refusal.ts';

interface Caller {
  readonly services: Services;
  readonly identity: Identity;
  readonly device: Device;
}

export interface RoomAct {
  readonly roomId: string;
  readonly action: AuditEntry['action'];
  /** In whose activity it stands. Default: of whoever does it. */
  readonly userId?: string;
  readonly detail?: AuditEntry['detail'];
}

/**
 * Changes something about a room as one of its members, in one transaction, and writes it down under the name that the
 * room had. Row-level security has the last word on whether they may: `change` throws when nothing was changed.
 */
export async function changeRoom<T>(
  { services, identity, device }: Caller,
  { roomId, action, userId, detail }: RoomAct,
  change: (tx: ScopedTx, room: MemberRoom) => Promise<T>,
): Promise<T> {
  const me = identity.user.id;
  const { room, result } = await services.db.withScope({ user: me }, async (tx) => {
    const found = await findRoom(tx, me, roomId);
    if (!found) throw new Refusal('NOT_FOUND');
    return { room: found, result: await change(tx, found) };
  });
  const about = userId ?? me;
  const by = about === me ? {} : { by: identity.user.name };
  const entry = { action, userId: about, actorId: me, device };
  await services.audit.record({ ...entry, detail: { room: roomId, name: room.title, ...by, ...detail } });
  return result;
}

/** An owner who was lowered since the policy looked changes nothing. */
export function owned(isDone: boolean): void {
  if (!isDone) throw new Refusal('NOT_ALLOWED');
}
