import { originOf } from '../session/origin-of.ts';
import type { Identity } from '@atrium/auth';
import {
  findStanding,
  listAuditEvents,
  listMemberships,
  listSessions,
  listWaysIn,
  type Membership,
  type OwnSession,
  type ScopedTx,
} from '@atrium/db';
import { RoomUnavailable } from '@atrium/rooms';
import { z } from 'zod';
import type { Services } from '../context.ts';
import { waitToJoin } from '../pace/wait-to-join.ts';
import { userHttpProcedure } from '../policy/procedure.ts';
import { Refusal } from '../refusal.ts';
import type { ExportedAccount, ExportedRoom, ExportPage } from '../wire.ts';
import { toActivity } from './activity.ts';

const mostActivity = 1_000;
const mostRooms = 50;
/** Characters of JSON after which a page is full; it goes over by one room at most. */
const fullAt = 4_000_000;
/** A larger room is left out. */
const largestState = 16_000_000;

/**
 * Everything about oneself, in pages that are bounded in number and size: the account first, and all memberships, with
 * what is in the rooms that one owns. Rooms of others belong to their owners, so they are named and no more. What one
 * drew is not listed stroke by stroke: the log holds resolved changes of rooms, not works of people.
 */
export const exportAccount = userHttpProcedure({ isSudo: true })
  .input(z.object({ cursor: z.uuid().optional() }).optional())
  .query(async ({ ctx, input, signal }): Promise<ExportPage> => {
    const { services, identity, device } = ctx;
    const { id } = identity.user;
    const after = input?.cursor ?? null;
    if (after === null) await services.audit.record({ action: 'data-exported', userId: id, device });
    const [account, memberships] = await services.db.withScope({ user: id }, async (tx) => [
      after === null ? await readAccount(tx, identity) : null,
      await listMemberships(tx, { userId: id, after, most: mostRooms + 1 }),
    ]);
    const page = await readRooms(services, { userId: id, memberships, signal: signal ?? new AbortController().signal });
    return { format: 'atrium-export-1', exportedAt: new Date().toISOString(), account, ...page };
  });

async function readAccount(tx: ScopedTx, { user }: Identity): Promise<ExportedAccount> {
  const standing = await findStanding(tx, user.id);
  if (!standing) throw new Refusal('SESSION_ENDED');
  const waysIn = await listWaysIn(tx, user.id);
  const events = await listAuditEvents(tx, { userId: user.id, before: null, most: mostActivity });
  return {
    profile: {
      ...{ id: user.id, email: user.email, name: user.name, role: user.role, guest: user.isGuest },
      createdAt: standing.createdAt.toISOString(),
      confirmedAt: textOf(standing.confirmedAt),
    },
    sessions: (await listSessions(tx, user.id)).map(toExportedSession),
    authenticatorApp: waysIn.totp?.confirmedAt ? { addedAt: waysIn.totp.confirmedAt.toISOString() } : null,
    recoveryCodesLeft: waysIn.recoveryCodesLeft,
    passkeys: waysIn.passkeys.map(withTexts),
    identities: waysIn.identities.map(withTexts),
    apiTokens: waysIn.apiTokens.map((token) => ({ ...withTexts(token), expiresAt: token.expiresAt.toISOString() })),
    activity: events.map(toActivity),
  };
}

function toExportedSession(row: OwnSession): ExportedAccount['sessions'][number] {
  return {
    ...{ publicId: row.publicId, factors: row.factors },
    ...originOf(row),
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  };
}

function withTexts<Row extends { readonly createdAt: Date; readonly lastUsedAt: Date | null }>(row: Row) {
  return { ...row, createdAt: row.createdAt.toISOString(), lastUsedAt: textOf(row.lastUsedAt) };
}

function textOf(date: Date | null): string | null {
  return date && date.toISOString();
}

interface RoomsToRead {
  readonly userId: string;
  /** One more than a page may hold, when there are more. */
  readonly memberships: readonly Membership[];
  readonly signal: AbortSignal;
}

/** Room after room, until the page is full. */
async function readRooms(
  services: Services,
  { userId, memberships, signal }: RoomsToRead,
): Promise<Pick<ExportPage, 'rooms' | 'next'>> {
  const rooms: ExportedRoom[] = [];
  let size = 0;
  for (const membership of memberships.slice(0, mostRooms)) {
    if (size >= fullAt || signal.aborted) break;
    const contents = membership.role === 'owner' ? await readState(services, { userId, membership, signal }) : null;
    size += contents?.size ?? 0;
    rooms.push(toExportedRoom(membership, contents));
  }
  return { rooms, next: rooms.length < memberships.length ? (rooms.at(-1)?.id ?? null) : null };
}

interface Contents {
  readonly state: unknown;
  readonly stateMissing?: 'too-large' | 'unavailable';
  readonly size: number;
}

function toExportedRoom(membership: Membership, contents: Contents | null): ExportedRoom {
  const { id, kind, title, role, createdAt, archivedAt, joinedAt } = membership;
  return {
    ...{ id, kind, title, role, archived: archivedAt !== null },
    createdAt: createdAt.toISOString(),
    joinedAt: joinedAt.toISOString(),
    state: contents?.state ?? null,
    ...(contents?.stateMissing && { stateMissing: contents.stateMissing }),
  };
}

/** As an owner who begins to watch would be shown it, at the pace of those. */
async function readState(
  { hub, joins }: Services,
  { userId, membership, signal }: { userId: string; membership: Membership; signal: AbortSignal },
): Promise<Contents> {
  const over = new AbortController();
  try {
    await waitToJoin(joins, signal);
    const room = { roomId: membership.id, kind: membership.kind };
    const watcher = await hub.watch(room, { userId, role: 'owner', signal: over.signal });
    const event = watcher.take()?.event;
    if (event?.type !== 'snapshot') return { state: null, stateMissing: 'unavailable', size: 0 };
    const size = JSON.stringify(event.state).length;
    joins.spend(size, performance.now());
    return size > largestState ? { state: null, stateMissing: 'too-large', size } : { state: event.state, size };
  } catch (error) {
    if (error instanceof RoomUnavailable) return { state: null, stateMissing: 'unavailable', size: 0 };
    throw error;
  } finally {
    over.abort();
  }
}
