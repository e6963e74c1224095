import { and, asc, eq, getTableColumns, gt, isNull, sql } from 'drizzle-orm';
import type { Role } from '@atrium/rooms';
import { apiTokens, identities, passkeys, recoveryCodes, totpSecrets } from '../schema/identity-tables.ts';
import { roomMembers, rooms } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';

/** The ways into an account, without what opens it. As that user: the role is granted no hash and no key. */
export async function listWaysIn(tx: ScopedTx, userId: string) {
  const [totp] = await tx
    .select({ createdAt: totpSecrets.createdAt, confirmedAt: totpSecrets.confirmedAt })
    .from(totpSecrets)
    .where(eq(totpSecrets.userId, userId));
  const [codes] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(recoveryCodes)
    .where(and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt)));
  return {
    totp: totp ?? null,
    recoveryCodesLeft: codes?.count ?? 0,
    passkeys: await tx
      .select({ name: passkeys.name, createdAt: passkeys.createdAt, lastUsedAt: passkeys.lastUsedAt })
      .from(passkeys)
      .where(eq(passkeys.userId, userId))
      .orderBy(asc(passkeys.createdAt)),
    identities: await tx
      .select({
        provider: identities.provider,
        label: identities.label,
        createdAt: identities.createdAt,
        lastUsedAt: identities.lastUsedAt,
      })
      .from(identities)
      .where(eq(identities.userId, userId))
      .orderBy(asc(identities.createdAt)),
    apiTokens: await tx
      .select({
        name: apiTokens.name,
        permissions: apiTokens.permissions,
        createdAt: apiTokens.createdAt,
        expiresAt: apiTokens.expiresAt,
        lastUsedAt: apiTokens.lastUsedAt,
      })
      .from(apiTokens)
      .where(eq(apiTokens.userId, userId))
      .orderBy(asc(apiTokens.createdAt)),
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
