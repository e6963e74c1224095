import { type Database, insertAuditEvent, type NewAuditEvent, type Scope, type ScopedTx } from '@atrium/db';
import { addressPrefix } from '../network/network.ts';
import { type Device, deviceLabel } from '../session/device.ts';
import type { AuditAction } from './audit-action.ts';

export interface AuditEntry {
  readonly action: AuditAction;
  /** Whose account it is about; null when there is none. */
  readonly userId: string | null;
  /** Who did it; null for whoever was not signed in. Default: `userId`. */
  readonly actorId?: string | null;
  /** Default: `done`. */
  readonly result?: 'done' | 'refused';
  readonly device: Device;
  /** For people to recognize the event by. Never a token, a password, a code or anybody else's address. */
  readonly detail?: Readonly<Record<string, string | number | boolean>>;
}

/** What happened to accounts, for their owners and for administrators. */
export interface AuditTrail {
  /** Resolves when it is on disk. Call it outside of any scope. */
  record(entry: AuditEntry): Promise<void>;
  /** In the transaction of the change itself, so that neither is there without the other. Mails nobody. System scope. */
  recordIn(tx: ScopedTx, entry: AuditEntry): Promise<void>;
}

const door: Scope = { system: 'audit' };

export function createAuditTrail(db: Database): AuditTrail {
  return {
    record: (entry) => db.withScope(door, (tx) => insertAuditEvent(tx, rowOf(entry))),
    recordIn: (tx, entry) => insertAuditEvent(tx, rowOf(entry)),
  };
}

function rowOf({ action, userId, actorId = userId, result = 'done', device, detail = {} }: AuditEntry): NewAuditEvent {
  return {
    ...{ action, userId, result },
    actorId: device.actor?.userId ?? actorId,
    detail: device.actor ? { ...detail, by: device.actor.name } : detail,
    place: addressPrefix(device.address),
    label: deviceLabel(device.userAgent),
  };
}
