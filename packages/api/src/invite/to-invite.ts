import type { RoomInvite } from '@atrium/db';
import type { Invite } from '../wire.ts';

export function toInvite({ createdAt, expiresAt, ...row }: Omit<RoomInvite, 'roomId' | 'createdBy'>): Invite {
  const { id, role, maxUses: most, uses, email } = row;
  return {
    ...{ id, role, uses, email, maxUses: most },
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
