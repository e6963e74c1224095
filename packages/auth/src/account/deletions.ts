import {
  type Database,
  deleteAbandonedUsers,
  deleteDueUser,
  insertAuditEvent,
  leaveRooms,
  lockDueUser,
  requestDeletion,
  type Scope,
  undoDeletion,
} from '@atrium/db';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { Device } from '../session/device.ts';
import type { Identity } from '../session/identity.ts';

const day = 86_400_000;
/** How long signing in takes a deletion back. */
const grace = 7 * day;
/** An address that nobody confirmed in this time, and that nobody is signed in with, is free again. */
const longestClaim = 7 * day;
const longestGuest = 30 * day;
/** In one sweep; what is left has its turn in the next one. */
const mostAtOnce = 100;

export interface RequestedDeletion {
  readonly deletesAt: Date;
  /** Public ids of the sessions and API tokens that ended with it. */
  readonly ended: readonly string[];
}

/** Accounts that go: asked for by their owners, or used by nobody. */
export interface Deletions {
  /**
   * Signs this person out everywhere; the account is deleted in seven days, that of a guest (who could not come back) at
   * once. Null when it is gone already.
   */
  request(identity: Identity, device: Device): Promise<RequestedDeletion | null>;
  /** After a sign-in: true when it took a deletion back, null when it came too late and the account is gone. */
  undo(userId: string, device: Device): Promise<boolean | null>;
  /** Deletes the accounts whose time has come; answers how many. Rooms never stay without an owner: see `leaveRooms`. */
  sweep(now?: Date): Promise<number>;
  /** Deletes accounts that nobody uses and nobody can miss: see `deleteAbandonedUsers`. Answers how many. */
  sweepAbandoned(now?: Date): Promise<number>;
}

const door: Scope = { system: 'deletion' };

export function createDeletions({ db, audit }: { readonly db: Database; readonly audit: AuditTrail }): Deletions {
  return {
    async request({ user }, device) {
      const deletesAt = new Date(Date.now() + (user.isGuest ? 0 : grace));
      const ended = await db.withScope(door, (tx) => requestDeletion(tx, { userId: user.id, deleteAfter: deletesAt }));
      if (!ended) return null;
      await audit.record({ action: 'deletion-requested', userId: user.id, device });
      return { deletesAt, ended };
    },

    async undo(userId, device) {
      const isUndone = await db.withScope(door, (tx) => undoDeletion(tx, userId));
      if (isUndone) await audit.record({ action: 'deletion-undone', userId, device });
      return isUndone;
    },

    async sweep(now = new Date()) {
      for (let count = 0; count < mostAtOnce; count += 1) if (!(await deleteOne(db, now))) return count;
      return mostAtOnce;
    },

    sweepAbandoned(now = new Date()) {
      const claimsBefore = new Date(now.getTime() - longestClaim);
      const guestsBefore = new Date(now.getTime() - longestGuest);
      return db.withScope(door, (tx) => deleteAbandonedUsers(tx, { claimsBefore, guestsBefore, most: mostAtOnce }));
    },
  };
}

/** One account in one transaction: its rooms, everything that refers to it, and the line in the audit log that stays. */
function deleteOne(db: Database, now: Date): Promise<boolean> {
  return db.withScope(door, async (tx) => {
    const userId = await lockDueUser(tx, now);
    if (userId === null) return false;
    const rooms = await leaveRooms(tx, userId);
    if (!(await deleteDueUser(tx, userId, now))) throw new Error('An account that was locked is not there');
    await insertAuditEvent(tx, {
      ...{ action: 'account-deleted', userId, actorId: null, result: 'done', place: 'unknown', label: 'The server' },
      detail: { roomsDeleted: rooms.deleted.length, roomsHandedOver: rooms.handedOver.length },
    });
    return true;
  });
}
