import { and, asc, eq, getTableColumns, gt } from 'drizzle-orm';
import type { Role } from '@atrium/rooms';
import { listApiTokens } from '../api-token/api-token.ts';
import { countRecoveryCodes } from '../factor/recovery-code.ts';
import { findTotpStart } from '../factor/totp-secret.ts';
import { listIdentities } from '../identity/identity.ts';
import { listPasskeys } from '../passkey/passkey.ts';
import { roomMembers, rooms } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';

/** The ways into an account, oldest first, without what opens it and the ids behind them. As that user. */
export async function listWaysIn(tx: ScopedTx, userId: string) {
  const confirmedAt = await findTotpStart(tx, userId);
  const tokens = (await listApiTokens(tx, userId)).toReversed();
  return {
    totp: confirmedAt && { confirmedAt },
    recoveryCodesLeft: await countRecoveryCodes(tx, userId),
    passkeys: (await listPasskeys(tx, userId)).map(({ name, createdAt, lastUsedAt }) => ({
      ...{ name, createdAt, lastUsedAt },
    })),
    identities: (await listIdentities(tx, userId)).map(({ provider, label, createdAt, lastUsedAt }) => ({
      ...{ provider, label, createdAt, lastUsedAt },
    })),
    apiTokens: tokens.map(({ name, permissions, createdAt, expiresAt, lastUsedAt }) => ({
      ...{ name, permissions, createdAt, expiresAt, lastUsedAt },
    })),
  };
}

export interface Membership {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly createdAt: Date;
  readonly archivedAt: Date | null;
  readonly role: Role;
  readonly joinedAt: Date;
}

/** By room id, behind the room `after`; at most `most`. As that user. */
export async function listMemberships(
  tx: ScopedTx,
  { userId, after, most }: { readonly userId: string; readonly after: string | null; readonly most: number },
): Promise<readonly Membership[]> {
  const { createdBy: _creator, ...columns } = getTableColumns(rooms);
  return await tx
    .select({ ...columns, role: roomMembers.role, joinedAt: roomMembers.createdAt })
    .from(roomMembers)
    .innerJoin(rooms, eq(rooms.id, roomMembers.roomId))
    .where(and(eq(roomMembers.userId, userId), after === null ? undefined : gt(rooms.id, after)))
    .orderBy(asc(rooms.id))
    .limit(most);
}
